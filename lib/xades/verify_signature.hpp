#pragma once

#include "helios/reading.hpp"
#include "pes/verification.hpp"
#include "xades/reference_checks.hpp"

namespace pes::xades {

/// The report on one signature of the flow: checks 5 to 23, each run whatever the others say
/// except that nothing is digested which a check refused.
SignatureReport verify_signature(const helios::Reading& reading,
                                 const helios::SignatureElement& element, const IdCounts& ids,
                                 const VerifyOptions& options);

}  // namespace pes::xades
