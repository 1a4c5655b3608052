#include "preflight/element_table.hpp"

#include <array>

namespace pes::preflight {

namespace {

using RulesByShape = std::array<ElementRule, shape_count>;

RulesByShape by_shape() {
  RulesByShape rules;
  for (const auto elements : {common_elements(), depense_elements(), recette_elements(),
                              tiers_elements(), facture_elements()}) {
    for (const ElementRule& rule : elements) rules.at(static_cast<std::size_t>(rule.shape)) = rule;
  }
  return rules;
}

}  // namespace

const ElementRule& element_rule(Shape shape) {
  static const RulesByShape rules = by_shape();
  return rules.at(static_cast<std::size_t>(shape));
}

}  // namespace pes::preflight
