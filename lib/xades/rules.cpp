#include "xades/rules.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace pes::xades {

namespace {

using Result = Check::Result;

constexpr int places = 4;
constexpr int chain = 20;
constexpr int dates = 21;
constexpr int usage = 22;
constexpr int coverage = 24;
constexpr int dematerialised = 25;

int gravity(Result result) {
  switch (result) {
    case Result::passed:
      return 0;
    case Result::warning:
      return 1;
    case Result::not_run:
      return 2;
    case Result::indeterminate:
      return 3;
    case Result::failed:
      return 4;
  }
  return 4;
}

/// What makes a signature invalid for good; everything else may be cleared by what is not known
/// yet (EN 319 102-1 §5.1.3).
bool is_final(SubIndication reason) {
  return Verdict(reason).indication() == Indication::total_failed;
}

bool is_in(int number, std::initializer_list<int> numbers) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

/// References, value, chain, dates and revocation: what S²LOW runs (signature §9).
bool is_looked_at_by_s2low(int number) { return is_in(number, {1, 2, 13, 15, 20, 21, 23}); }

/// Rules of the PES, of which ETSI knows nothing.
bool is_of_pes_alone(int number) { return is_in(number, {places, coverage, dematerialised}); }

}  // namespace

Check Rules::judge(const CheckRow& row) const {
  Check check{row.number(), row.code(), Result::passed, SubIndication::none, row.message()};
  for (const Note& note : row.notes()) {
    const Result found = result(row, note);
    if (gravity(found) <= gravity(check.result)) continue;
    check.result = found;
    check.reason = found == Result::warning ? SubIndication::none : note.reason;
  }
  return check;
}

Check::Result Rules::result(const CheckRow& row, const Note& note) const {
  if (note.weight == Weight::refusal_everywhere) return Result::failed;
  if (note.weight == Weight::not_judged) return Result::not_run;
  if (profile_ == Profile::etsi) return etsi_result(row, note);
  const bool s2low = profile_ == Profile::s2low;
  const bool left_aside = s2low && !is_looked_at_by_s2low(row.number());
  switch (note.weight) {
    case Weight::refusal:
      return left_aside ? Result::warning : Result::failed;
    case Weight::doubt:
      // S²LOW refuses whatever openssl does not accept.
      if (s2low) return left_aside ? Result::warning : Result::failed;
      return Result::indeterminate;
    case Weight::s2low_refusal:
      return s2low ? Result::failed : Result::warning;
    case Weight::strict_refusal:
      return strict_ ? Result::failed : Result::warning;
    case Weight::strict_doubt:
      return strict_ ? Result::indeterminate : Result::warning;
    default:
      return Result::warning;
  }
}

Check::Result Rules::etsi_result(const CheckRow& row, const Note& note) const {
  if (is_of_pes_alone(row.number())) return Result::warning;
  switch (note.weight) {
    case Weight::refusal:
      return is_final(note.reason) ? Result::failed : Result::indeterminate;
    case Weight::doubt:
    case Weight::strict_doubt:
    case Weight::strict_refusal:
    case Weight::weak:
      return Result::indeterminate;
    default:
      return Result::warning;
  }
}

bool Rules::is_mandatory(int number) const {
  // The last three follow from the chain, which answers for them.
  if (is_in(number, {chain, dates, usage}) || number > usage) return false;
  return profile_ != Profile::s2low || is_looked_at_by_s2low(number);
}

bool Rules::lacks(const Check& check) const {
  return check.result == Result::indeterminate ||
         (check.result == Result::not_run && is_mandatory(check.number));
}

Verdict Rules::verdict(const std::vector<Check>& checks) const {
  std::optional<Verdict> failure;
  std::optional<Verdict> doubt;
  for (const Check& check : checks) {
    const bool nobody_trusted = check.number == chain && check.result == Result::not_run;
    if (check.result == Result::failed) {
      if (is_final(check.reason)) return Verdict(check.reason);
      if (!failure) failure = Verdict(check.reason);
    } else if (!doubt && (lacks(check) || nobody_trusted)) {
      doubt = Verdict(check.reason);
    }
  }
  return failure.value_or(doubt.value_or(Verdict()));
}

bool Rules::is_satisfied(const std::vector<Check>& checks) const {
  const bool demands_chain = strict_ || profile_ == Profile::etsi;
  return std::none_of(checks.begin(), checks.end(), [&](const Check& check) {
    const bool nobody_trusted = check.number == chain && check.result == Result::not_run;
    return check.result == Result::failed || lacks(check) || (nobody_trusted && demands_chain);
  });
}

}  // namespace pes::xades
