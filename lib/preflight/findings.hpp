#pragma once

#include "helios/finding_rules.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace pes::preflight {

/// What was found in a flow. Of one code the first ones are kept, so that a fault that every line
/// of a file has costs no memory.
class Findings {
 public:
  static constexpr std::size_t most_of_a_code = 20;

  void add(helios::RuleCode code, std::string message, xml::Position at);
  /// In the order of the file; those that were left out are counted after the last of their kind.
  std::vector<Finding> take();

 private:
  void tell_the_others(std::size_t rank);

  std::vector<Finding> kept_;
  std::array<std::size_t, helios::finding_rule_table.size()> counts_{};
};

}  // namespace pes::preflight
