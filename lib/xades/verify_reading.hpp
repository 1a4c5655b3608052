#pragma once

#include "helios/reading.hpp"
#include "pes/verification.hpp"

#include <filesystem>

namespace pes::xades {

/// The same reading when it has every digest that its signatures ask for, else one of the same
/// file that has: forecasts are right but for files made to deceive them and for algorithms hardly
/// anyone uses, so one pass is nearly always enough.
/// @param digested what the reading was asked to digest
helios::Reading with_all_digests(helios::Reading reading, const std::filesystem::path& file,
                                 const ReadLimits& limits, const helios::DigestPlan& digested);

/// Judges what was read of a file, with all its digests.
VerifyReport verify_reading(helios::Reading reading, const VerifyOptions& options);

}  // namespace pes::xades
