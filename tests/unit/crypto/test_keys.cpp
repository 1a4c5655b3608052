#include "unit/crypto/test_keys.hpp"

#include "crypto/legacy_algorithms.hpp"
#include "crypto/openssl_errors.hpp"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <optional>
#include <stdexcept>

namespace pes::test {

using namespace crypto;

namespace {

void free_certificates(STACK_OF(X509) * stack) noexcept { sk_X509_pop_free(stack, X509_free); }

void require(bool done) {
  if (!done) throw std::runtime_error(drain_errors().text);
}

void fill_name(X509_NAME& name, const NameParts& parts) {
  for (const auto& [type, value] : parts) {
    const std::string value_copy = value;
    require(X509_NAME_add_entry_by_txt(&name, type.c_str(), MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(value_copy.data()),
                                       static_cast<int>(value_copy.size()), -1, 0) == 1);
  }
}

void add_extension(X509& certificate, int nid, const std::string& value) {
  const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()));
  require(extension && X509_add_ext(&certificate, extension.get(), -1) == 1);
}

void add_extension(X509& certificate, const std::string& type, const std::string& value) {
  const Owned<CONF, NCONF_free> empty(NCONF_new(nullptr));
  X509V3_CTX context{};
  X509V3_set_ctx(&context, &certificate, &certificate, nullptr, nullptr, 0);
  X509V3_set_nconf(&context, empty.get());
  const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
      X509V3_EXT_nconf(empty.get(), &context, type.c_str(), value.c_str()));
  require(extension && X509_add_ext(&certificate, extension.get(), -1) == 1);
}

std::string content_of(BIO& memory) {
  char* bytes = nullptr;
  const long length = BIO_get_mem_data(&memory, &bytes);
  return {bytes, static_cast<std::size_t>(length)};
}

}  // namespace

Pkey make_rsa_key(unsigned bits) {
  Pkey key(EVP_RSA_gen(bits));
  require(key != nullptr);
  return key;
}

Pkey make_ec_key() {
  Pkey key(EVP_EC_gen("P-256"));
  require(key != nullptr);
  return key;
}

EVP_PKEY& shared_key() {
  static const Pkey key = make_rsa_key();
  return *key;
}

X509Certificate make_certificate(EVP_PKEY& key, const CertificateWish& wish) {
  X509Certificate certificate(X509_new());
  require(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  BIGNUM* serial = nullptr;
  require(BN_dec2bn(&serial, wish.serial.c_str()) > 0);
  const BigNumber serial_owner(serial);
  require(BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(certificate.get())) != nullptr);
  fill_name(*X509_get_subject_name(certificate.get()), wish.subject);
  fill_name(*X509_get_issuer_name(certificate.get()), wish.issuer);
  require(ASN1_TIME_set(X509_getm_notBefore(certificate.get()),
                        wish.not_before.time_since_epoch().count()) != nullptr);
  require(ASN1_TIME_set(X509_getm_notAfter(certificate.get()),
                        wish.not_after.time_since_epoch().count()) != nullptr);
  require(X509_set_pubkey(certificate.get(), &key) == 1);
  if (!wish.key_usage.empty()) add_extension(*certificate, NID_key_usage, wish.key_usage);
  if (wish.is_authority) add_extension(*certificate, NID_basic_constraints, "critical,CA:TRUE");
  for (const auto& [type, value] : wish.extensions) add_extension(*certificate, type, value);
  require(X509_sign(certificate.get(), &key, EVP_sha256()) > 0);
  return certificate;
}

std::string pem(X509& certificate) {
  const Bio memory(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_X509(memory.get(), &certificate) == 1);
  return content_of(*memory);
}

std::string pem(EVP_PKEY& key, const std::string& password) {
  const Bio memory(BIO_new(BIO_s_mem()));
  std::string secret = password;
  require(PEM_write_bio_PKCS8PrivateKey(
              memory.get(), &key, password.empty() ? nullptr : EVP_aes_256_cbc(), secret.data(),
              static_cast<int>(secret.size()), nullptr, nullptr) == 1);
  return content_of(*memory);
}

std::string pem_with_rc2(EVP_PKEY& key, const std::string& password) {
  const std::optional<LegacyAlgorithms> legacy = LegacyAlgorithms::load();
  require(legacy.has_value());
  const Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> info(EVP_PKEY2PKCS8(&key));
  const Owned<X509_SIG, X509_SIG_free> encrypted(PKCS8_encrypt_ex(
      NID_pbe_WithSHA1And40BitRC2_CBC, nullptr, password.c_str(), static_cast<int>(password.size()),
      nullptr, 0, 1000, info.get(), legacy->context(), nullptr));
  const Bio memory(BIO_new(BIO_s_mem()));
  require(encrypted && PEM_write_bio_PKCS8(memory.get(), encrypted.get()) == 1);
  return content_of(*memory);
}

namespace {

std::string traditional_pem(EVP_PKEY& key, const std::string& password, const EVP_CIPHER* cipher) {
  const Bio memory(BIO_new(BIO_s_mem()));
  std::string secret = password;
  require(PEM_write_bio_PrivateKey_traditional(
              memory.get(), &key, cipher, reinterpret_cast<unsigned char*>(secret.data()),
              static_cast<int>(secret.size()), nullptr, nullptr) == 1);
  return content_of(*memory);
}

}  // namespace

std::string traditional_pem(EVP_PKEY& key, const std::string& password) {
  return traditional_pem(key, password, EVP_aes_128_cbc());
}

std::string traditional_pem_with_des(EVP_PKEY& key, const std::string& password) {
  const std::optional<LegacyAlgorithms> legacy = LegacyAlgorithms::load();
  require(legacy.has_value());
  const ThreadContext looked_up_in(legacy->context());
  return traditional_pem(key, password, EVP_des_cbc());
}

std::string pkcs12(EVP_PKEY& key, X509& own, const std::vector<X509*>& others,
                   const std::string& password, Pkcs12Encryption encryption) {
  const std::optional<LegacyAlgorithms> legacy = LegacyAlgorithms::load();
  const bool rc2 = encryption == Pkcs12Encryption::rc2;
  require(!rc2 || legacy);
  const int key_cipher = rc2 ? NID_pbe_WithSHA1And40BitRC2_CBC : NID_aes_256_cbc;
  const int certificate_cipher =
      encryption == Pkcs12Encryption::certificates_in_clear ? -1 : key_cipher;
  const Owned<STACK_OF(X509), free_certificates> chain(sk_X509_new_null());
  for (X509* other : others) {
    X509_up_ref(other);
    require(sk_X509_push(chain.get(), other) > 0);
  }
  const Pkcs12 container(PKCS12_create_ex(
      password.empty() ? nullptr : password.c_str(), "signature", &key, &own, chain.get(),
      key_cipher, certificate_cipher, 1000, 1000, 0, rc2 ? legacy->context() : nullptr, nullptr));
  require(container != nullptr);
  const Bio memory(BIO_new(BIO_s_mem()));
  require(i2d_PKCS12_bio(memory.get(), container.get()) == 1);
  return content_of(*memory);
}

void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace pes::test
