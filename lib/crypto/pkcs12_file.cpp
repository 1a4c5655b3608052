#include "crypto/pkcs12_file.hpp"

#include "crypto/key_reading.hpp"
#include "crypto/openssl_errors.hpp"
#include "crypto/pkcs12_bags.hpp"
#include "support/text.hpp"

#include <openssl/err.h>

#include <algorithm>

namespace pes::crypto {

namespace {

/// @param context where the ciphers for its content will be looked for
Pkcs12 decoded(const Secret& der, OSSL_LIB_CTX* context) {
  const std::string& bytes = der.reveal();
  const Bio source(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  Pkcs12 container(PKCS12_init_ex(NID_pkcs7_data, context, nullptr));
  PKCS12* filled = container.release();  // given away: d2i may free it, then it is null
  const bool done = d2i_PKCS12_bio(source.get(), &filled) != nullptr;
  container.reset(filled);
  return done ? std::move(container) : nullptr;
}

Pkcs12 require_container(const Secret& der, const std::filesystem::path& file) {
  Pkcs12 container = decoded(der, nullptr);
  if (!container) {
    throw Error(ErrorCode::key_unsupported,
                say("{1} is neither a PKCS#12 file nor a PEM file", {file.native()}),
                tr("give a PKCS#12 file (.p12, .pfx) or a PEM private key"), drain_errors().text);
  }
  return container;
}

bool mac_accepts(PKCS12& container, const char* password) {
  return PKCS12_mac_present(&container) == 1 &&
         PKCS12_verify_mac(&container, password, password == nullptr ? 0 : -1) == 1;
}

bool opens_without_password(PKCS12& container) {
  const bool opens = mac_accepts(container, nullptr) || mac_accepts(container, "");
  drain_errors();
  return opens;
}

std::optional<KeyMaterial> unpacked(PKCS12& container, const Secret& password,
                                    OSSL_LIB_CTX* context) {
  const char* text = password.reveal().c_str();
  // No password and an empty one are two different things; programs write either.
  if (password.reveal().empty() && !mac_accepts(container, text)) text = nullptr;
  if (PKCS12_mac_present(&container) == 1 && !mac_accepts(container, text)) {
    ERR_raise(ERR_LIB_PKCS12, PKCS12_R_MAC_VERIFY_FAILURE);
    return std::nullopt;
  }
  std::optional<BagContents> contents = read_bags(container, {text, context});
  if (!contents) return std::nullopt;
  KeyMaterial material{std::move(contents->key), {}};
  for (MarkedCertificate& marked : contents->certificates) {
    material.certificates.push_back(std::move(marked.certificate));
  }
  return material;
}

std::optional<Certificate> own_without_password(const Secret& der,
                                                const std::filesystem::path& file) {
  const KeyMaterial material = read_pkcs12(der, file, [] { return Secret(); });
  const Certificate* const own =
      material.key ? own_certificate(*material.key, material.certificates) : nullptr;
  return own == nullptr ? std::nullopt : std::optional(*own);
}

}  // namespace

KeyMaterial read_pkcs12(const Secret& der, const std::filesystem::path& file,
                        const AskPassword& ask) {
  const Pkcs12 container = require_container(der, file);
  const Secret password = opens_without_password(*container) ? Secret() : ask();
  return read_with_any_algorithm(
      file, ErrorCode::key_unsupported, [&](OSSL_LIB_CTX* context) -> std::optional<KeyMaterial> {
        const Pkcs12 attempt = decoded(der, context);
        return attempt ? unpacked(*attempt, password, context) : std::nullopt;
      });
}

std::optional<Certificate> certificate_in_clear(const Secret& der,
                                                const std::filesystem::path& file) {
  const Pkcs12 container = require_container(der, file);
  if (opens_without_password(*container)) return own_without_password(der, file);
  const std::vector<MarkedCertificate> found = read_bags_in_clear(*container).certificates;
  auto chosen = std::find_if(found.begin(), found.end(),
                             [](const auto& marked) { return !marked.key_id.empty(); });
  if (chosen == found.end()) {
    chosen = std::find_if(found.begin(), found.end(),
                          [](const auto& marked) { return !marked.certificate.is_authority; });
  }
  return chosen == found.end() ? std::nullopt : std::optional(chosen->certificate);
}

}  // namespace pes::crypto
