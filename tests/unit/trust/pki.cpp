#include "unit/trust/pki.hpp"

#include "crypto/openssl_errors.hpp"

#include <openssl/x509v3.h>

#include <stdexcept>

namespace pes::test {

using namespace crypto;

namespace {

void require(bool done) {
  if (!done) throw std::runtime_error(drain_errors().text);
}

NameParts named(const std::string& name) { return {{"C", "FR"}, {"O", "Essais"}, {"CN", name}}; }

CertificateWish of_authority(CertificateWish wish, const NameParts& subject,
                             const NameParts& issuer) {
  wish.subject = subject;
  wish.issuer = issuer;
  wish.is_authority = true;
  if (wish.key_usage == CertificateWish{}.key_usage) {
    wish.key_usage = "critical,keyCertSign,cRLSign";
  }
  return wish;
}

X509Certificate signed_by(X509Certificate certificate, EVP_PKEY& key) {
  require(X509_sign(certificate.get(), &key, EVP_sha256()) > 0);
  return certificate;
}

Owned<ASN1_TIME, ASN1_TIME_free> asn1(Instant instant) {
  return Owned<ASN1_TIME, ASN1_TIME_free>(
      ASN1_TIME_set(nullptr, instant.time_since_epoch().count()));
}

void add_entry(X509_CRL& crl, const RevokedEntry& entry) {
  Owned<X509_REVOKED, X509_REVOKED_free> revoked(X509_REVOKED_new());
  Owned<ASN1_INTEGER, ASN1_INTEGER_free> serial(
      ASN1_INTEGER_dup(X509_get0_serialNumber(entry.certificate)));
  require(X509_REVOKED_set_serialNumber(revoked.get(), serial.get()) == 1 &&
          X509_REVOKED_set_revocationDate(revoked.get(), asn1(entry.since).get()) == 1 &&
          X509_CRL_add0_revoked(&crl, revoked.get()) == 1);
  static_cast<void>(revoked.release());  // the list frees it
}

}  // namespace

Authority::Authority(const std::string& name, const CertificateWish& wish)
    : name_(named(name)),
      key_(make_ec_key()),
      certificate_(make_certificate(*key_, of_authority(wish, name_, name_))) {}

Authority::Authority(const std::string& name, const Authority& issuer, const CertificateWish& wish)
    : name_(named(name)),
      key_(make_ec_key()),
      certificate_(signed_by(make_certificate(*key_, of_authority(wish, name_, issuer.name_)),
                             *issuer.key_)) {}

X509Certificate Authority::issue(EVP_PKEY& key, CertificateWish wish) const {
  wish.issuer = name_;
  return signed_by(make_certificate(key, wish), *key_);
}

std::string Authority::crl(const std::vector<RevokedEntry>& revoked, Instant from,
                           Instant until) const {
  const trust::X509Crl crl(X509_CRL_new());
  require(X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2) == 1 &&
          X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(certificate_.get())) == 1 &&
          X509_CRL_set1_lastUpdate(crl.get(), asn1(from).get()) == 1 &&
          X509_CRL_set1_nextUpdate(crl.get(), asn1(until).get()) == 1);
  for (const RevokedEntry& entry : revoked) add_entry(*crl, entry);
  require(X509_CRL_sign(crl.get(), key_.get(), EVP_sha256()) > 0);
  unsigned char* bytes = nullptr;
  const int length = i2d_X509_CRL(crl.get(), &bytes);
  require(length > 0);
  const Memory owner(bytes);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

Instant day(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) /
                               std::chrono::day(day));
}

}  // namespace pes::test
