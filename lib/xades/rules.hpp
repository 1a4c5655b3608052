#pragma once

#include "pes/verification.hpp"
#include "xades/check_row.hpp"

#include <vector>

namespace pes::xades {

/// What a profile, strict or not, makes of what the rows of signature §8 found. It is the only
/// place that knows profiles: the rows themselves say what is, whoever asks.
class Rules {
 public:
  Rules(Profile profile, bool strict) : profile_(profile), strict_(strict) {}

  [[nodiscard]] Profile profile() const { return profile_; }
  [[nodiscard]] Check judge(const CheckRow& row) const;
  /// That of the check that weighs most: what is final before what may be cleared, then what
  /// failed before what could not conclude, then the first.
  [[nodiscard]] Verdict verdict(const std::vector<Check>& checks) const;
  /// Whether a verdict that only lacks authorities to trust is good enough, when nobody was
  /// named: who signed is then a question that was not asked.
  [[nodiscard]] bool is_satisfied(const std::vector<Check>& checks) const;

 private:
  [[nodiscard]] Check::Result result(const CheckRow& row, const Note& note) const;
  [[nodiscard]] Check::Result etsi_result(const CheckRow& row, const Note& note) const;
  [[nodiscard]] bool is_mandatory(int number) const;
  [[nodiscard]] bool lacks(const Check& check) const;

  Profile profile_;
  bool strict_;
};

}  // namespace pes::xades
