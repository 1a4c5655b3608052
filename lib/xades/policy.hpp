#pragma once

#include "pes/port/signer.hpp"
#include "support/encoding.hpp"

#include <string_view>

namespace pes::xades {

// The DGFiP's signature policies for Hélios (signature §3).

/// The one written, and what goes with it.
inline constexpr std::string_view policy_oid = "1.2.250.1.131.1.5.18.21.1.7";
inline constexpr std::string_view policy_description = "Politique de signature Helios de la DGFiP";
inline constexpr std::string_view policy_sha256 = "roF9+cfRHNPtVJolhdqfIqGMVuUXX8aR4rpiquf0u5E=";
inline constexpr std::string_view policy_uri =
    "https://www.collectivites-locales.gouv.fr/files/files/finances_locales/dematerialisation/"
    "ps_helios_dgfip.pdf";

bool is_known_policy(std::string_view oid);

/// True when the digest is the one known of that policy's document. The document is never
/// fetched: the one at its address has been replaced under an unchanged name.
bool is_known_policy_digest(std::string_view oid, port::DigestAlgorithm algorithm,
                            const Bytes& digest);

}  // namespace pes::xades
