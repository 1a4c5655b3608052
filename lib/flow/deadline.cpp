#include "flow/deadline.hpp"

#include <chrono>

namespace pes::flow {

namespace {

using std::chrono::days;

bool is_working_day(Instant instant) {
  const std::chrono::weekday day(std::chrono::floor<days>(instant));
  return day != std::chrono::Saturday && day != std::chrono::Sunday;
}

/// The same hour of the next day that counts.
Instant next_day(Instant instant, port::LongestStay::Counted counted) {
  instant += days(1);
  if (counted == port::LongestStay::Counted::every_day) return instant;
  while (!is_working_day(instant)) instant += days(1);
  return instant;
}

}  // namespace

bool is_overdue(Instant since, port::LongestStay longest, Instant now) {
  if (longest.days == days(0)) return false;
  Instant deadline = since;
  for (days passed(0); passed < longest.days; ++passed) {
    deadline = next_day(deadline, longest.counted);
  }
  return now > deadline;
}

}  // namespace pes::flow
