#pragma once

#include "helios/reading.hpp"
#include "xades/signing_plan.hpp"

#include <filesystem>
#include <vector>

namespace pes::xades {

/// The changes that make InfoDematerialisee 1 wherever the plan signs something; none when it
/// is 1 already. Throws input_not_dematerialised when it is not 1 and `allowed` is false, or
/// when there is no value to change.
std::vector<helios::Replacement> dematerialising_changes(const helios::Reading& reading,
                                                         const SigningPlan& plan, bool allowed,
                                                         const std::filesystem::path& file);

}  // namespace pes::xades
