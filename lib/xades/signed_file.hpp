#pragma once

#include "pes/error.hpp"
#include "pes/signature.hpp"
#include "xades/flow_to_sign.hpp"
#include "xades/signed_copy.hpp"

#include <string>
#include <vector>

namespace pes::xades {

/// Who is told of when a signature does not verify.
struct SignatureOrigin {
  ErrorCode unsound = ErrorCode::internal;
  std::string name;  // what messages call the file that brought it; empty: it was made here
};

/// Writes the flow with a signature in each planned element, verifies it from the bytes
/// written, as whoever receives it will, and only then gives it its name.
/// @param signatures one an element, in the order of the plan
/// @param outcome gets warnings of what is not as it should be and does no harm
/// Throws key_mismatch for a value that the certificate's key did not make, otherwise
/// that of the origin, and leaves nothing.
void write_signed_file(SignedCopy& copy, const SigningRequest& request, FlowToSign flow,
                       const std::vector<std::string>& signatures, const SignatureOrigin& origin,
                       SigningOutcome& outcome);

}  // namespace pes::xades
