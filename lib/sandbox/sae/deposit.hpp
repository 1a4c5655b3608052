#pragma once

#include "sandbox/context.hpp"
#include "sandbox/sae/state.hpp"
#include "sandbox/staging.hpp"

#include <optional>
#include <string>
#include <variant>

namespace pes::sandbox::sae {

/// Why a deposit is refused at once.
struct Refusal {
  int status = 400;
  std::string text;
};

/// What a bordereau asks for: a transfer to enter, or nothing that can be answered.
/// @param scenario the sandbox's own, unless the NomFic of the bordereau asks for another
std::variant<State, Refusal> announce(const Context& context,
                                      const std::filesystem::path& bordereau);

/// Enters a deposit whose folder is complete.
std::optional<Refusal> complete(const Context& context, Staging& received, const State& state);

}  // namespace pes::sandbox::sae
