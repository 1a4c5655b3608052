#pragma once

#include "pes/certificate.hpp"
#include "sandbox/layout.hpp"

#include <optional>
#include <string>

namespace pes::sandbox::tdt {

/// What S²LOW finds against the certificate of a signature (tdt §7.2, step 4), in OpenSSL's
/// words; none when it is sound. `tdt/authorities.pem` holds the certificates of the authorities
/// that the platform accepts, and their CRLs; without it the dates alone are looked at.
std::optional<std::string> certificate_fault(const Layout& layout, const Certificate& signer,
                                             Instant signing_time);

}  // namespace pes::sandbox::tdt
