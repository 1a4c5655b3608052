#include "sandbox/scenario.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <string>
#include <utility>

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
    case Scenario::unreadable:
      return "illisible";
    case Scenario::other_flow:
      return "autre-flux";
    case Scenario::two_acquits:
      return "deux-acquits";
    case Scenario::late_acquit:
      return "tardif";
    case Scenario::not_an_acquit:
      return "non-acquit";
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
  return {Scenario::accepted,
          Scenario::partial,
          Scenario::refused,
          Scenario::technical,
          Scenario::silent,
          Scenario::unreadable,
          Scenario::other_flow,
          Scenario::two_acquits,
          Scenario::late_acquit,
          Scenario::not_an_acquit,
          Scenario::sae_refuses_deposit,
          Scenario::sae_rejects,
          Scenario::sae_later};
}

std::optional<Scenario> parse_scenario(std::string_view text) {
  for (const Scenario scenario : all_scenarios()) {
    if (id(scenario) == text) return scenario;
  }
  return std::nullopt;
}

namespace {

/// What follows the mark of scenarios in a NomFic, in lower case; empty without it.
std::string asked_in(std::string_view nom_fic) {
  const std::string text = lowered_ascii(nom_fic);
  constexpr std::string_view mark = "scenario-";
  const std::size_t begin = text.find(mark);
  return begin == std::string::npos ? std::string() : text.substr(begin + mark.size());
}

}  // namespace

std::optional<Scenario> scenario_in(std::string_view nom_fic) {
  const std::string asked = asked_in(nom_fic);
  for (const Scenario scenario : all_scenarios()) {
    if (asked.starts_with(id(scenario))) return scenario;
  }
  return std::nullopt;
}

std::optional<std::string> reply_code_in(std::string_view nom_fic) {
  constexpr std::size_t digits = 3;
  const std::string asked = asked_in(nom_fic);
  const std::string before = std::string(id(Scenario::sae_rejects)) + "-";
  if (!asked.starts_with(before)) return std::nullopt;
  std::string code = asked.substr(before.size(), digits);
  const bool is_code =
      code.size() == digits && code.find_first_not_of("0123456789") == std::string::npos;
  return is_code ? std::optional(std::move(code)) : std::nullopt;
}

}  // namespace pes::sandbox
