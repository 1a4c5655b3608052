#include "net/client_identity.hpp"

#include "crypto/key_reading.hpp"
#include "crypto/openssl_errors.hpp"
#include "crypto/pem_file.hpp"
#include "crypto/pkcs12_file.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"

#include <openssl/pem.h>

#include <vector>

namespace pes::net {

namespace {

crypto::AskPassword password_source(const HttpsAccess& access, std::string_view settings) {
  if (access.key_password) return access.key_password;
  return [setting = fill("{1}.key_password", {settings})]() -> Secret {
    throw Error(ErrorCode::key_missing, tr("the key of our certificate has a password"),
                say("say where that password is in {1}", {setting}));
  };
}

crypto::KeyMaterial read_material(const HttpsAccess& access, const crypto::AskPassword& ask) {
  const Secret bytes = crypto::read_key_file(access.certificate);
  if (!crypto::is_pem(bytes)) return crypto::read_pkcs12(bytes, access.certificate, ask);
  if (access.key.empty()) return crypto::read_pem(bytes, access.certificate, ask);
  crypto::KeyMaterial material =
      crypto::read_pem(crypto::read_key_file(access.key), access.key, ask);
  material.certificates = crypto::certificates_in_pem(bytes);
  return material;
}

/// The hint of a wrong password names the setting that refers to it.
crypto::KeyMaterial read_with_password(const HttpsAccess& access, std::string_view settings) {
  try {
    return read_material(access, password_source(access, settings));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::pin_wrong) throw;
    throw Error(error.code(), error.message(),
                say("correct what {1}.key_password refers to: pes config show {1}", {settings}),
                error.cause());
  }
}

std::string pem(const Certificate& certificate) {
  return fill("-----BEGIN CERTIFICATE-----\n{1}\n-----END CERTIFICATE-----\n",
              {base64(certificate.der, 64)});
}

Secret pem(const EVP_PKEY& key) {
  const crypto::Bio target(BIO_new(BIO_s_mem()));
  if (!target ||
      PEM_write_bio_PrivateKey(target.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    throw Error(ErrorCode::key_unsupported, tr("the key of our certificate cannot be used"), {},
                crypto::drain_errors().text);
  }
  char* text = nullptr;
  const auto length = static_cast<std::size_t>(BIO_get_mem_data(target.get(), &text));
  return Secret(std::string(text, length));
}

}  // namespace

std::optional<ClientIdentity> load_client_identity(const HttpsAccess& access,
                                                   std::string_view settings) {
  if (access.certificate.empty()) return std::nullopt;
  const crypto::KeyMaterial material = read_with_password(access, settings);
  if (!material.key) {
    throw Error(ErrorCode::key_missing,
                say("there is no private key in {1}", {access.certificate.native()}),
                say("name the file of the key in {1}.key", {settings}));
  }
  const Certificate* const own = crypto::own_certificate(*material.key, material.certificates);
  if (own == nullptr) {
    throw Error(
        ErrorCode::key_mismatch,
        say("no certificate in {1} belongs to its private key", {access.certificate.native()}),
        say("give the key and the certificate that were issued together in {1}.certificate "
            "and {1}.key",
            {settings}));
  }
  std::string chain = pem(*own);
  for (const Certificate& other : material.certificates) {
    if (&other != own) chain += pem(other);
  }
  return ClientIdentity{*own, std::move(chain), pem(*material.key)};
}

}  // namespace pes::net
