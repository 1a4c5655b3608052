#pragma once

#include "pes/sandbox.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pes::sandbox {

std::optional<Scenario> parse_scenario(std::string_view id);

/// The scenario that a NomFic asks for by containing `SCENARIO-<id>`, in any case.
std::optional<Scenario> scenario_in(std::string_view nom_fic);

/// The code of the SAE's reply, in three digits, when a NomFic asks for one by
/// `SCENARIO-sae-rejette-<code>`.
std::optional<std::string> reply_code_in(std::string_view nom_fic);

}  // namespace pes::sandbox
