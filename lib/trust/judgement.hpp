#pragma once

#include "pes/certificate.hpp"
#include "pes/trust.hpp"

#include <string>
#include <vector>

namespace pes::trust {

/// What a store says of a signer's certificate.
struct Judgement {
  enum class Outcome {
    trusted,
    unknown_issuer,
    not_granted,  // its path ends at a service that a trusted list did not grant at that time
    broken,
  };
  Outcome outcome = Outcome::unknown_issuer;
  std::string why;                       // raw words, for unknown_issuer and broken
  std::vector<Certificate> authorities;  // from the issuer to the one that is trusted
  /// Of the signer and of each authority but the last, which only its owner can withdraw.
  std::vector<Revocation> revocations;
};

/// @param others certificates that came with it, trusted in nothing
Judgement judge(const TrustStore& store, const Certificate& signer,
                const std::vector<Certificate>& others, Instant at);

}  // namespace pes::trust
