#include "sandbox/pki.hpp"

#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <vector>

namespace pes::sandbox {
namespace {

using Bio = Owned<BIO, BIO_free_all>;
using Extension = Owned<X509_EXTENSION, X509_EXTENSION_free>;
using Number = Owned<BIGNUM, BN_free>;

constexpr int rsa_bits = 2048;
constexpr int serial_bits = 127;

/// Takes the words of OpenSSL's queue, oldest first.
std::string drained_queue() {
  std::string words;
  while (const unsigned long code = ERR_get_error()) {
    std::array<char, 256> buffer{};
    ERR_error_string_n(code, buffer.data(), buffer.size());
    if (!words.empty()) words += "; ";
    words += buffer.data();
  }
  return words;
}

void require(bool success) {
  if (success) return;
  throw Error(ErrorCode::internal, tr("cannot make the test identities"), {}, drained_queue());
}

void add_extension(X509& certificate, const X509& issuer, int nid, const char* value) {
  X509V3_CTX context;
  // The issuer's certificate is read only; OpenSSL's signature is older than const.
  X509V3_set_ctx(&context, const_cast<X509*>(&issuer), &certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  require(extension != nullptr && X509_add_ext(&certificate, extension.get(), -1) == 1);
}

struct ExtensionText {
  int nid;
  const char* value;
};

std::vector<ExtensionText> extensions_for(Purpose purpose) {
  switch (purpose) {
    case Purpose::authority:
      return {{NID_basic_constraints, "critical,CA:TRUE"},
              {NID_key_usage, "critical,keyCertSign,cRLSign"}};
    case Purpose::server:
      return {{NID_basic_constraints, "critical,CA:FALSE"},
              {NID_key_usage, "critical,digitalSignature,keyEncipherment"},
              {NID_ext_key_usage, "serverAuth"},
              {NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost"}};
    case Purpose::client:
      return {{NID_basic_constraints, "critical,CA:FALSE"},
              {NID_key_usage, "critical,digitalSignature"},
              {NID_ext_key_usage, "clientAuth"}};
    case Purpose::signature:
      return {{NID_basic_constraints, "critical,CA:FALSE"},
              {NID_key_usage, "critical,nonRepudiation"}};
    case Purpose::time_stamping:
      return {{NID_basic_constraints, "critical,CA:FALSE"},
              {NID_key_usage, "critical,digitalSignature"},
              {NID_ext_key_usage, "critical,timeStamping"}};
  }
  return {};
}

void add_name_entry(X509_NAME& name, const char* field, std::string_view value) {
  const std::string text(value);
  require(X509_NAME_add_entry_by_txt(&name, field, MBSTRING_UTF8,
                                     reinterpret_cast<const unsigned char*>(text.c_str()), -1, -1,
                                     0) == 1);
}

void set_random_serial(X509& certificate) {
  const Number number(BN_new());
  require(number != nullptr &&
          BN_rand(number.get(), serial_bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
          BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)) != nullptr);
}

std::time_t as_time(Instant instant) { return std::chrono::system_clock::to_time_t(instant); }

std::string content_of(BIO& memory) {
  char* begin = nullptr;
  const long size = BIO_get_mem_data(&memory, &begin);
  return {begin, static_cast<std::size_t>(size)};
}

Bio memory_sink() {
  Bio memory(BIO_new(BIO_s_mem()));
  require(memory != nullptr);
  return memory;
}

}  // namespace

Identity make_identity(Purpose purpose, std::string_view common_name, Instant from, Instant until,
                       const Identity* issuer) {
  Identity identity{X509Certificate(X509_new()), PrivateKey(EVP_RSA_gen(rsa_bits))};
  require(identity.certificate != nullptr && identity.key != nullptr);
  X509& certificate = *identity.certificate;
  const Identity& signatory = issuer == nullptr ? identity : *issuer;

  require(X509_set_version(&certificate, X509_VERSION_3) == 1);
  set_random_serial(certificate);
  require(ASN1_TIME_set(X509_getm_notBefore(&certificate), as_time(from)) != nullptr);
  require(ASN1_TIME_set(X509_getm_notAfter(&certificate), as_time(until)) != nullptr);
  X509_NAME& subject = *X509_get_subject_name(&certificate);
  add_name_entry(subject, "C", "FR");
  add_name_entry(subject, "O", "Bac a sable pes (TEST)");
  add_name_entry(subject, "CN", common_name);
  require(X509_set_issuer_name(&certificate, X509_get_subject_name(signatory.certificate.get())) ==
          1);
  require(X509_set_pubkey(&certificate, identity.key.get()) == 1);
  for (const auto& [nid, value] : extensions_for(purpose)) {
    add_extension(certificate, *signatory.certificate, nid, value);
  }
  add_extension(certificate, *signatory.certificate, NID_subject_key_identifier, "hash");
  add_extension(certificate, *signatory.certificate, NID_authority_key_identifier, "keyid:always");
  require(X509_sign(&certificate, signatory.key.get(), EVP_sha256()) > 0);
  return identity;
}

std::string pem_of(const X509& certificate) {
  const Bio memory = memory_sink();
  require(PEM_write_bio_X509(memory.get(), &certificate) == 1);
  return content_of(*memory);
}

std::string pem_of(const EVP_PKEY& key) {
  const Bio memory = memory_sink();
  require(PEM_write_bio_PKCS8PrivateKey(memory.get(), &key, nullptr, nullptr, 0, nullptr,
                                        nullptr) == 1);
  return content_of(*memory);
}

std::string pkcs12_of(const Identity& identity, const X509& authority,
                      const std::string& password) {
  using Chain = Owned<STACK_OF(X509), [](STACK_OF(X509) * chain) { sk_X509_free(chain); }>;
  using Container = Owned<PKCS12, PKCS12_free>;
  const Chain chain(sk_X509_new_null());
  // The stack only borrows the certificate: sk_X509_free leaves its elements alone.
  require(chain != nullptr && sk_X509_push(chain.get(), const_cast<X509*>(&authority)) > 0);
  const Container container(PKCS12_create(password.c_str(), "Signataire de test",
                                          identity.key.get(), identity.certificate.get(),
                                          chain.get(), 0, 0, 0, 0, 0));
  const Bio memory = memory_sink();
  require(container != nullptr && i2d_PKCS12_bio(memory.get(), container.get()) == 1);
  return content_of(*memory);
}

X509Certificate certificate_from_pem(std::string_view pem) {
  const Bio memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  require(memory != nullptr);
  X509Certificate certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr) {
    throw Error(ErrorCode::config_invalid, tr("a test certificate cannot be read"), {},
                drained_queue());
  }
  return certificate;
}

PrivateKey key_from_pem(std::string_view pem) {
  const Bio memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  require(memory != nullptr);
  PrivateKey key(PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr));
  if (key == nullptr) {
    throw Error(ErrorCode::config_invalid, tr("a test key cannot be read"), {}, drained_queue());
  }
  return key;
}

std::string fingerprint(const X509& certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  require(X509_digest(&certificate, EVP_sha256(), digest.data(), &size) == 1);
  return hex(std::as_bytes(std::span(digest.data(), size)));
}

Instant end_of(const X509& certificate) {
  std::tm parts{};
  require(ASN1_TIME_to_tm(X509_get0_notAfter(&certificate), &parts) == 1);
  return Instant(std::chrono::seconds(::timegm(&parts)));
}

bool is_valid_at(const X509& certificate, Instant instant) {
  std::time_t time = as_time(instant);
  return X509_cmp_time(X509_get0_notBefore(&certificate), &time) < 0 &&
         X509_cmp_time(X509_get0_notAfter(&certificate), &time) > 0;
}

std::string random_secret() {
  std::array<unsigned char, 16> bytes{};
  require(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
  return hex(std::as_bytes(std::span(bytes)));
}

}  // namespace pes::sandbox
