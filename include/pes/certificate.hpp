#pragma once

#include "pes/export.hpp"
#include "pes/time.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pes {

/// An X.509 certificate: its DER bytes and what the tool needs of them.
struct Certificate {
  std::vector<std::byte> der;
  std::string subject_cn;  // UTF-8; the whole subject when there is no CN
  std::string issuer_cn;
  std::string subject;  // RFC 2253 as Java prints it (signature §3)
  std::string issuer;   // idem, what X509IssuerName wants
  std::string serial;   // decimal
  std::string sha256;   // fingerprint, lower-case hex
  Instant not_before;
  Instant not_after;
  std::vector<std::string> key_usage;  // "nonRepudiation"…; empty: no extension
  std::string key_type;                // "RSA", "EC"…
  int key_bits = 0;
  bool is_authority = false;  // basicConstraints CA
};

/// What Libersign's table of certificates shows as a badge (signature §12, workflow S69).
enum class TrustLabel { none, rgs, adullact };

/// The badge of a certificate. Libersign gives it by which of its two lists of authorities
/// verified the certificate. `pes` has no such list, so it goes by what the certificate says:
///
/// - `rgs` when it claims to be qualified, since what S69 shows as « RGS » is issued by a
///   « Qualified eID » authority and either is accepted to sign (signature §12). That is the
///   statement QcCompliance (ETSI EN 319 412-5 §4.2.1), a policy for qualified certificates (ETSI
///   EN 319 411-2 §5.3, before it TS 101 456 §5.2), or a policy of the arc of the RGS's own
///   type policies, 1.2.250.1.137.2.2.1;
/// - `adullact` when ADULLACT is the organisation of its issuer.
///
/// It helps to choose a certificate and proves nothing: anybody may claim this.
PES_EXPORT TrustLabel trust_label(const Certificate& certificate);

/// « RGS », « Adullact », or nothing: the same word for people and for scripts.
PES_EXPORT std::string_view word(TrustLabel label);

}  // namespace pes
