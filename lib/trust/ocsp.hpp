#pragma once

#include "pes/trust.hpp"
#include "trust/trust_handles.hpp"

namespace pes::trust {

/// Asks the issuer's responders, in the order of the certificate, until one answers something
/// that can be believed: an answer signed by the issuer, or by whom it delegated (RFC 6960
/// §4.2.2.2), fresh, to the very question. Whoever was revoked is told to be, and since when:
/// whether that is later than the time judged is the caller's.
Revocation ask_responders(const FetchRevocation& fetch, X509& certificate, X509& issuer);

}  // namespace pes::trust
