#include "seda/day.hpp"

#include "pes/time.hpp"
#include "support/text.hpp"

namespace pes::seda {

using std::chrono::sys_days;

std::optional<sys_days> parse_day(std::string_view text) {
  const auto midnight = parse_iso8601(std::string(trimmed(text)) + "T00:00:00Z");
  if (!midnight) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(*midnight);
}

std::string day_text(sys_days day) { return iso8601(day).substr(0, 10); }

std::string french_midnight(sys_days day) {
  using namespace std::chrono;
  // The clock changes at 01:00 UTC: on the day itself, midnight still has the old offset.
  const year this_year = year_month_day(day).year();
  const bool summer = day > sys_days(this_year / March / Sunday[last]) &&
                      day <= sys_days(this_year / October / Sunday[last]);
  return day_text(day) + (summer ? "T00:00:00+02:00" : "T00:00:00+01:00");
}

}  // namespace pes::seda
