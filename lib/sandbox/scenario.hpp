#pragma once

#include "pes/sandbox.hpp"

#include <optional>
#include <string_view>

namespace pes::sandbox {

std::optional<Scenario> parse_scenario(std::string_view id);

/// The scenario that a NomFic asks for by containing `SCENARIO-<id>`, in any case.
std::optional<Scenario> scenario_in(std::string_view nom_fic);

}  // namespace pes::sandbox
