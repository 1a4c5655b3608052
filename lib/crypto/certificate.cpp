#include "crypto/certificate.hpp"

#include "crypto/asn1_time.hpp"
#include "crypto/digest.hpp"
#include "crypto/distinguished_name.hpp"
#include "crypto/openssl_digest.hpp"
#include "crypto/openssl_errors.hpp"
#include "crypto/openssl_octets.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"

#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

namespace pes::crypto {

namespace {

std::vector<std::byte> der_of(const X509& certificate) {
  unsigned char* bytes = nullptr;
  const int length = i2d_X509(&certificate, &bytes);
  if (length < 0) {
    throw Error(ErrorCode::internal, tr("a certificate cannot be written"), {},
                drain_errors().text);
  }
  const Memory owner(bytes);
  return byte_vector({bytes, static_cast<std::size_t>(length)});
}

Instant instant(const ASN1_TIME& time) {
  if (const std::optional<Instant> readable = instant_of(time)) return *readable;
  throw Error(ErrorCode::key_unsupported, tr("the certificate has a date that cannot be read"), {},
              drain_errors().text);
}

std::string decimal_serial(const X509& certificate) {
  const BigNumber number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(&certificate), nullptr));
  if (!number) return {};
  const Text decimal(BN_bn2dec(number.get()));
  return decimal ? decimal.get() : "";
}

std::vector<std::string> key_usage(const X509& certificate) {
  // RFC 5280 §4.2.1.3, in the order of the bits.
  constexpr std::array names{"digitalSignature", "nonRepudiation", "keyEncipherment",
                             "dataEncipherment", "keyAgreement",   "keyCertSign",
                             "cRLSign",          "encipherOnly",   "decipherOnly"};
  const BitString bits(static_cast<ASN1_BIT_STRING*>(
      X509_get_ext_d2i(&certificate, NID_key_usage, nullptr, nullptr)));
  std::vector<std::string> usage;
  if (!bits) return usage;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (ASN1_BIT_STRING_get_bit(bits.get(), static_cast<int>(i)) == 1) usage.emplace_back(names[i]);
  }
  return usage;
}

bool is_authority(const X509& certificate) {
  const Owned<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free> constraints(
      static_cast<BASIC_CONSTRAINTS*>(
          X509_get_ext_d2i(&certificate, NID_basic_constraints, nullptr, nullptr)));
  return constraints && constraints->ca != 0;
}

std::vector<std::byte> number(const EVP_PKEY& key, const char* name) {
  BIGNUM* value = nullptr;
  if (EVP_PKEY_get_bn_param(&key, name, &value) != 1) {
    drain_errors();
    return {};
  }
  const BigNumber owner(value);
  std::vector<unsigned char> bytes(static_cast<std::size_t>(BN_num_bytes(value)));
  BN_bn2bin(value, bytes.data());
  return byte_vector(bytes);
}

/// Null for what is no certificate.
X509Certificate decoded(std::span<const std::byte> der) {
  const unsigned char* cursor = octets(der);
  X509Certificate certificate(d2i_X509(nullptr, &cursor, static_cast<long>(der.size())));
  const bool readable = certificate && cursor == octets(der) + der.size() &&
                        ASN1_TIME_check(X509_get0_notBefore(certificate.get())) == 1 &&
                        ASN1_TIME_check(X509_get0_notAfter(certificate.get())) == 1;
  if (!readable) {
    drain_errors();
    return nullptr;
  }
  return certificate;
}

}  // namespace

X509Certificate x509_from(std::span<const std::byte> der) {
  // Each signature needs its certificate twice, and the flows of a batch mostly have the same:
  // decoding one takes OpenSSL longer than verifying a signature.
  thread_local std::vector<std::byte> last_der;
  thread_local X509Certificate last;
  if (last == nullptr || !std::equal(der.begin(), der.end(), last_der.begin(), last_der.end())) {
    last = decoded(der);
    last_der.assign(der.begin(), der.end());
  }
  if (last != nullptr) X509_up_ref(last.get());
  return X509Certificate(last.get());
}

std::optional<Certificate> parse_certificate(std::span<const std::byte> der) {
  const X509Certificate x509 = x509_from(der);
  if (!x509) return std::nullopt;
  Certificate certificate = describe(*x509);
  // What is signed is a digest of the DER: another encoding of the same certificate is refused.
  const bool canonical =
      std::equal(der.begin(), der.end(), certificate.der.begin(), certificate.der.end());
  return canonical ? std::optional(std::move(certificate)) : std::nullopt;
}

Certificate describe(const X509& certificate) {
  Certificate result;
  result.der = der_of(certificate);
  const X509_NAME& subject = *X509_get_subject_name(&certificate);
  const X509_NAME& issuer = *X509_get_issuer_name(&certificate);
  result.subject_cn = common_name(subject);
  result.issuer_cn = common_name(issuer);
  result.subject = java_rfc2253(subject);
  result.issuer = java_rfc2253(issuer);
  result.serial = decimal_serial(certificate);
  result.sha256 = sha256_hex(as_text(result.der));
  result.not_before = instant(*X509_get0_notBefore(&certificate));
  result.not_after = instant(*X509_get0_notAfter(&certificate));
  result.key_usage = key_usage(certificate);
  result.is_authority = is_authority(certificate);
  if (const EVP_PKEY* const key = X509_get0_pubkey(&certificate)) {
    const char* const type = EVP_PKEY_get0_type_name(key);
    result.key_type = type == nullptr ? "" : type;
    result.key_bits = EVP_PKEY_get_bits(key);
  }
  drain_errors();
  return result;
}

bool belongs_to(const Certificate& certificate, const EVP_PKEY& key) {
  const X509Certificate x509 = x509_from(certificate.der);
  const EVP_PKEY* const public_key = x509 ? X509_get0_pubkey(x509.get()) : nullptr;
  const bool same = public_key != nullptr && EVP_PKEY_eq(public_key, &key) == 1;
  drain_errors();
  return same;
}

std::optional<RsaPublicKey> rsa_public_key(const Certificate& certificate) {
  const X509Certificate x509 = x509_from(certificate.der);
  const EVP_PKEY* const key = x509 ? X509_get0_pubkey(x509.get()) : nullptr;
  if (key == nullptr || EVP_PKEY_is_a(key, "RSA") != 1) return std::nullopt;
  return RsaPublicKey{number(*key, OSSL_PKEY_PARAM_RSA_N), number(*key, OSSL_PKEY_PARAM_RSA_E)};
}

bool verifies(const Certificate& certificate, port::DigestAlgorithm algorithm,
              std::span<const std::byte> digest, std::span<const std::byte> signature) {
  const X509Certificate x509 = x509_from(certificate.der);
  EVP_PKEY* const key = x509 ? X509_get0_pubkey(x509.get()) : nullptr;
  if (key == nullptr || EVP_PKEY_is_a(key, "RSA") != 1) return false;
  const PkeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  const bool verified =
      context && EVP_PKEY_verify_init(context.get()) == 1 &&
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
      EVP_PKEY_CTX_set_signature_md(context.get(), openssl_digest(algorithm)) == 1 &&
      EVP_PKEY_verify(context.get(), octets(signature), signature.size(), octets(digest),
                      digest.size()) == 1;
  drain_errors();
  return verified;
}

}  // namespace pes::crypto
