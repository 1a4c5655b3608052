#include "sandbox/scenario.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <string>

namespace pes::sandbox {

std::string_view id(Scenario scenario) {
  switch (scenario) {
    case Scenario::accepted:
      return "accepte";
    case Scenario::partial:
      return "partiel";
    case Scenario::refused:
      return "refuse";
    case Scenario::technical:
      return "technique";
    case Scenario::silent:
      return "muet";
    case Scenario::sae_refuses_deposit:
      return "sae-refuse";
    case Scenario::sae_rejects:
      return "sae-rejette";
    case Scenario::sae_later:
      return "sae-plus-tard";
  }
  return {};
}

std::vector<Scenario> all_scenarios() {
  return {Scenario::accepted,    Scenario::partial,  Scenario::refused,
          Scenario::technical,   Scenario::silent,   Scenario::sae_refuses_deposit,
          Scenario::sae_rejects, Scenario::sae_later};
}

std::optional<Scenario> parse_scenario(std::string_view text) {
  for (const Scenario scenario : all_scenarios()) {
    if (id(scenario) == text) return scenario;
  }
  return std::nullopt;
}

std::optional<Scenario> scenario_in(std::string_view nom_fic) {
  const std::string text = lowered_ascii(nom_fic);
  constexpr std::string_view mark = "scenario-";
  const std::size_t begin = text.find(mark);
  if (begin == std::string::npos) return std::nullopt;
  const std::string_view rest = std::string_view(text).substr(begin + mark.size());
  for (const Scenario scenario : all_scenarios()) {
    if (rest.starts_with(id(scenario))) return scenario;
  }
  return std::nullopt;
}

}  // namespace pes::sandbox
