#pragma once

#include "trust/trust_handles.hpp"
#include "unit/crypto/test_keys.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pes::test {

/// A revoked certificate, and since when.
struct RevokedEntry {
  X509* certificate;
  Instant since;
};

/// An authority of a test: its certificate, and what it issues.
class Authority {
 public:
  /// A root.
  explicit Authority(const std::string& name, const CertificateWish& wish = {});
  /// One that another issued.
  Authority(const std::string& name, const Authority& issuer, const CertificateWish& wish = {});

  [[nodiscard]] X509& certificate() const { return *certificate_; }
  [[nodiscard]] EVP_PKEY& key() const { return *key_; }
  [[nodiscard]] std::string pem_text() const { return pem(*certificate_); }
  [[nodiscard]] NameParts name() const { return name_; }

  /// A certificate of that key; issuer and extensions for its kind are set.
  [[nodiscard]] crypto::X509Certificate issue(EVP_PKEY& key, CertificateWish wish = {}) const;
  /// The DER of a CRL that is current between those instants.
  [[nodiscard]] std::string crl(const std::vector<RevokedEntry>& revoked, Instant from,
                                Instant until) const;

 private:
  NameParts name_;
  crypto::Pkey key_;
  crypto::X509Certificate certificate_;
};

/// An instant of a day, at midnight UTC.
Instant day(int year, unsigned month, unsigned day);

}  // namespace pes::test
