#pragma once

#include "pes/export.hpp"
#include "pes/time.hpp"

#include <cstddef>
#include <string>
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

}  // namespace pes
