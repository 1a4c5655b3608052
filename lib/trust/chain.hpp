#pragma once

#include "trust/store.hpp"

#include <string>
#include <vector>

namespace pes::trust {

/// A path from a certificate to an authority that is trusted (RFC 5280 §6).
struct Chain {
  enum class Outcome { found, unknown_issuer, broken };
  Outcome outcome = Outcome::unknown_issuer;
  std::string why;                    // OpenSSL's words, when there is no path
  std::vector<X509Certificate> path;  // the certificate first; empty when there is none
};

/// Dates and revocation are left to others; at equal name, an issuer valid at that time is taken.
/// @param others certificates that came with it, trusted in nothing
Chain find_chain(const TrustStore::Impl& store, X509& certificate,
                 const std::vector<X509Certificate>& others, Instant at);

}  // namespace pes::trust
