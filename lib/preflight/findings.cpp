#include "preflight/findings.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace pes::preflight {

void Findings::add(helios::RuleCode code, std::string message, xml::Position at) {
  if (++counts_.at(code.rank()) > most_of_a_code) return;
  kept_.push_back(helios::finding(code, std::move(message), at));
}

std::vector<Finding> Findings::take() {
  std::stable_sort(kept_.begin(), kept_.end(), [](const Finding& one, const Finding& other) {
    return std::tie(one.line, one.column) < std::tie(other.line, other.column);
  });
  for (std::size_t rank = 0; rank < counts_.size(); ++rank) {
    if (counts_.at(rank) > most_of_a_code) tell_the_others(rank);
  }
  return std::move(kept_);
}

/// After the last that was kept.
void Findings::tell_the_others(std::size_t rank) {
  const std::string_view code = helios::finding_rule_table.at(rank).code;
  const auto last = std::find_if(kept_.rbegin(), kept_.rend(),
                                 [&](const Finding& finding) { return finding.code == code; });
  Finding others = *last;
  others.message = say("{1} more of the same kind after this one, not listed",
                       {std::to_string(counts_.at(rank) - most_of_a_code)});
  kept_.push_back(std::move(others));
}

}  // namespace pes::preflight
