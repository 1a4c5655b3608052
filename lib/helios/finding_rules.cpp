#include "helios/finding_rules.hpp"

#include <utility>

namespace pes {

std::string_view id(Consequence consequence) {
  switch (consequence) {
    case Consequence::none:
      return {};
    case Consequence::flow:
      return "flow";
    case Consequence::bordereau:
      return "bordereau";
    case Consequence::pj:
      return "pj";
    case Consequence::facture:
      return "facture";
  }
  return {};
}

std::string_view id(Refuser refuser) {
  switch (refuser) {
    case Refuser::nobody:
      return {};
    case Refuser::tdt:
      return "tdt";
    case Refuser::helios:
      return "helios";
  }
  return {};
}

std::span<const FindingRule> finding_rules() { return helios::finding_rule_table; }

namespace helios {

Finding finding(RuleCode code, std::string message, xml::Position at) {
  const FindingRule& rule = code.rule();
  return {.severity = rule.severity,
          .code = std::string(rule.code),
          .message = std::move(message),
          .line = at.line,
          .column = at.column,
          .consequence = rule.consequence,
          .refused_by = rule.refused_by};
}

}  // namespace helios

}  // namespace pes
