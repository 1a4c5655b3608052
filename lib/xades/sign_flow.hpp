#pragma once

#include "pes/port/signer.hpp"
#include "pes/signature.hpp"
#include "xades/signed_file.hpp"

namespace pes::xades {

/// As `sign_pes_aller`, with a signer that may only hand over what others signed.
SigningOutcome sign_flow(const SigningRequest& request, port::Signer& signer,
                         const SignatureOrigin& origin);

}  // namespace pes::xades
