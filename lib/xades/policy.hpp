#pragma once

#include "pes/signature.hpp"
#include "support/encoding.hpp"

#include <string_view>

namespace pes::xades {

// The DGFiP's signature policies for Hélios (signature §3).

inline constexpr std::string_view policy_description = "Politique de signature Helios de la DGFiP";

/// What is written of a policy.
struct PolicyReference {
  std::string_view oid;
  std::string_view sha256;  // base64
  std::string_view uri;
};
PolicyReference reference_to(SignaturePolicy policy);

bool is_known_policy(std::string_view oid);

/// True when the digest is the one known of that policy's document. The document is never
/// fetched: the one at its address has been replaced under an unchanged name.
bool is_known_policy_digest(std::string_view oid, port::DigestAlgorithm algorithm,
                            const Bytes& digest);

}  // namespace pes::xades
