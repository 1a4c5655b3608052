#include "ui/dates.hpp"

#include <array>
#include <ctime>

namespace pes::ui {

namespace {

/// Midnight of that day here. The system's calendar knows on which days an hour is lost.
Instant local_midnight(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  std::tm midnight{};
  midnight.tm_year = static_cast<int>(date.year()) - 1900;
  midnight.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  midnight.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
  midnight.tm_isdst = -1;
  return Instant(std::chrono::seconds(std::mktime(&midnight)));
}

}  // namespace

std::string pastell_date(Instant instant) {
  const std::time_t seconds = instant.time_since_epoch().count();
  std::tm broken{};
  ::localtime_r(&seconds, &broken);
  std::array<char, 32> buffer{};
  const std::size_t length =
      std::strftime(buffer.data(), buffer.size(), "%Y-%m-%d %H:%M:%S", &broken);
  return {buffer.data(), length};
}

std::chrono::sys_days local_day(Instant instant) {
  const std::time_t seconds = instant.time_since_epoch().count();
  std::tm broken{};
  ::localtime_r(&seconds, &broken);
  return std::chrono::year(broken.tm_year + 1900) /
         std::chrono::month(static_cast<unsigned>(broken.tm_mon + 1)) /
         std::chrono::day(static_cast<unsigned>(broken.tm_mday));
}

std::string day_text(std::chrono::sys_days day) {
  const std::string iso = iso8601(day);
  return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::optional<Instant> parse_moment(std::string_view text, DayEdge edge) {
  if (const auto instant = parse_iso8601(text)) return instant;
  const auto midnight = parse_iso8601(std::string(text) + "T00:00:00Z");
  if (!midnight) return std::nullopt;
  const auto day = std::chrono::floor<std::chrono::days>(*midnight);
  return edge == DayEdge::first_second
             ? local_midnight(day)
             : local_midnight(day + std::chrono::days(1)) - std::chrono::seconds(1);
}

}  // namespace pes::ui
