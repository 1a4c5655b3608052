#include "crypto/key_material.hpp"
#include "crypto/key_reading.hpp"
#include "crypto/pem_file.hpp"
#include "crypto/pkcs12_file.hpp"
#include "pes/error.hpp"
#include "pes/signature.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes {

namespace crypto {

namespace {

const Certificate& likely_own(const std::vector<Certificate>& certificates) {
  const auto leaf = std::find_if(certificates.begin(), certificates.end(),
                                 [](const Certificate& one) { return !one.is_authority; });
  return leaf == certificates.end() ? certificates.front() : *leaf;
}

Certificate certificate_of_pem(const Secret& pem, const std::filesystem::path& file) {
  const std::vector<Certificate> certificates = certificates_in_pem(pem);
  if (certificates.empty()) {
    throw Error(ErrorCode::key_missing, say("there is no certificate in {1}", {file.native()}),
                tr("give the PEM file of the certificate as well"));
  }
  if (!is_encrypted_pem(pem)) {
    const KeyMaterial material = read_pem(pem, file, [] { return Secret(); });
    const Certificate* const own =
        material.key ? own_certificate(*material.key, certificates) : nullptr;
    if (own != nullptr) return *own;
  }
  return likely_own(certificates);
}

}  // namespace

}  // namespace crypto

std::optional<Certificate> peek_certificate(const KeyFiles& files) {
  const std::filesystem::path& file = files.certificate.empty() ? files.key : files.certificate;
  const Secret bytes = crypto::read_key_file(file);
  if (crypto::is_pem(bytes)) {
    if (files.certificate.empty() && !crypto::has_private_key(bytes)) {
      crypto::throw_no_private_key(file);
    }
    return crypto::certificate_of_pem(bytes, file);
  }
  return crypto::certificate_in_clear(bytes, file);
}

}  // namespace pes
