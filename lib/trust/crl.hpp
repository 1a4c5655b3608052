#pragma once

#include "pes/trust.hpp"
#include "trust/trust_handles.hpp"

#include <string>
#include <vector>

namespace pes::trust {

struct LookUp {
  Revocation revocation;
  std::string trouble;  // when unknown, what is wrong with the last of the lists, for a person
};

/// Looks a certificate up in the lists that its issuer signed (RFC 5280 §5). A list that leaves
/// reasons or certificates out, or only tells differences, cannot conclude and is passed over.
LookUp look_up(const std::vector<X509Crl>& crls, X509& certificate, X509& issuer, Instant at);

/// Where its issuer publishes a list, over HTTP or HTTPS.
std::vector<std::string> crl_addresses(X509& certificate);

}  // namespace pes::trust
