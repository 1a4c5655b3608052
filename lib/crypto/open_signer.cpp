#include "crypto/key_material.hpp"
#include "crypto/key_reading.hpp"
#include "crypto/openssl_digest.hpp"
#include "crypto/openssl_errors.hpp"
#include "crypto/openssl_octets.hpp"
#include "crypto/pem_file.hpp"
#include "crypto/pkcs12_file.hpp"
#include "pes/error.hpp"
#include "pes/signature.hpp"
#include "support/text.hpp"

#include <openssl/rsa.h>

namespace pes {

namespace crypto {

namespace {

class RsaSigner final : public port::Signer {
 public:
  RsaSigner(Certificate certificate, Pkey key)
      : certificate_(std::move(certificate)), key_(std::move(key)) {}

  [[nodiscard]] const Certificate& certificate() const override { return certificate_; }

  std::vector<std::byte> sign(port::DigestAlgorithm algorithm,
                              std::span<const std::byte> digest) override {
    const PkeyContext context(EVP_PKEY_CTX_new(key_.get(), nullptr));
    std::vector<unsigned char> value(static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())));
    std::size_t length = value.size();
    const bool is_signed =
        context && EVP_PKEY_sign_init(context.get()) == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
        EVP_PKEY_CTX_set_signature_md(context.get(), openssl_digest(algorithm)) == 1 &&
        EVP_PKEY_sign(context.get(), value.data(), &length, octets(digest), digest.size()) == 1;
    if (!is_signed) {
      throw Error(ErrorCode::key_unsupported,
                  say("the key of {1} cannot sign", {certificate_.subject_cn}), {},
                  drain_errors().text);
    }
    value.resize(length);
    return byte_vector(value);
  }

 private:
  Certificate certificate_;
  Pkey key_;
};

KeyMaterial read_key_files(const KeyFiles& files, const AskPassword& password) {
  const Secret bytes = read_key_file(files.key);
  KeyMaterial material = is_pem(bytes) ? read_pem(bytes, files.key, password)
                                       : read_pkcs12(bytes, files.key, password);
  if (!files.certificate.empty()) {
    material.certificates = certificates_in_pem(read_key_file(files.certificate));
  }
  return material;
}

void require_rsa_key(const KeyMaterial& material, const std::filesystem::path& file) {
  if (!material.key) throw_no_private_key(file);
  if (EVP_PKEY_is_a(material.key.get(), "RSA") != 1) {
    const char* const type = EVP_PKEY_get0_type_name(material.key.get());
    throw Error(ErrorCode::key_unsupported,
                say("the key in {1} is of type {2}, and a PES is signed with RSA",
                    {file.native(), type == nullptr ? "?" : type}),
                tr("choose a certificate with an RSA key"));
  }
}

const Certificate& require_own_certificate(const KeyMaterial& material, const KeyFiles& files) {
  const std::string& place =
      files.certificate.empty() ? files.key.native() : files.certificate.native();
  if (material.certificates.empty()) {
    throw Error(ErrorCode::key_missing, say("there is no certificate in {1}", {place}),
                tr("give the PEM file of the certificate as well"));
  }
  const Certificate* const own = own_certificate(*material.key, material.certificates);
  if (own == nullptr) {
    throw Error(ErrorCode::key_mismatch,
                say("the certificate of {1} in {2} does not belong to the private key in {3}",
                    {material.certificates.front().subject_cn, place, files.key.native()}),
                tr("give the key and the certificate that were issued together"));
  }
  return *own;
}

}  // namespace

}  // namespace crypto

std::unique_ptr<port::Signer> open_signer(const KeyFiles& files,
                                          const std::function<Secret()>& password) {
  crypto::KeyMaterial material = crypto::read_key_files(files, password);
  crypto::require_rsa_key(material, files.key);
  const Certificate own = crypto::require_own_certificate(material, files);
  return std::make_unique<crypto::RsaSigner>(own, std::move(material.key));
}

}  // namespace pes
