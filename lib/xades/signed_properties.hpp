#pragma once

#include "xades/certificate_checks.hpp"
#include "xades/certificate_reference.hpp"
#include "xades/check_row.hpp"
#include "xades/signature_tree.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pes::xades {

/// What the signer says of himself and of the signature (signature §3), as it stands.
struct SignedProperties {
  bool are_there = false;
  std::string signing_time;
  std::optional<Instant> signed_at;  // nullopt when signing_time cannot be read
  std::vector<std::string> roles;    // one, unless it was badly made
  std::string city, postal_code, country;
  std::string policy;  // OID
  AlgorithmAndDigest policy_digest;
};

SignedProperties read_signed_properties(const SignatureTree& tree);

// Checks 17 to 19 of signature §8.

/// That the time is one of the certificate is told here only when dates (21) are judged at another.
CheckRow check_signing_time(const SignedProperties& properties, const SignerStanding& signer,
                            Instant now);
CheckRow check_policy(const SignedProperties& properties);
CheckRow check_role(const SignedProperties& properties);

}  // namespace pes::xades
