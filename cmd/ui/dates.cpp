#include "ui/dates.hpp"

#include <array>
#include <charconv>
#include <ctime>

namespace pes::ui {

namespace {

std::tm local_time(Instant instant) {
  const std::time_t seconds = instant.time_since_epoch().count();
  std::tm broken{};
  ::localtime_r(&seconds, &broken);
  return broken;
}

std::string formatted(const std::tm& time, const char* pattern) {
  std::array<char, 64> buffer{};
  const std::size_t length = std::strftime(buffer.data(), buffer.size(), pattern, &time);
  return {buffer.data(), length};
}

/// Reads `text` from left to right.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  bool take(char expected) {
    if (rest_.empty() || rest_.front() != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// Exactly `count` digits; nothing, and nothing taken, otherwise.
  std::optional<int> take_number(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    const auto [end, failure] = std::from_chars(rest_.data(), rest_.data() + count, value);
    const bool whole = failure == std::errc() && end == rest_.data() + count;
    if (!whole || rest_.front() == '-') return std::nullopt;
    rest_.remove_prefix(count);
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<std::chrono::year_month_day> take_date(Scanner& scanner) {
  const auto year = scanner.take_number(4);
  if (!year || !scanner.take('-')) return std::nullopt;
  const auto month = scanner.take_number(2);
  if (!month || !scanner.take('-')) return std::nullopt;
  const auto day = scanner.take_number(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<std::chrono::seconds> take_time(Scanner& scanner) {
  const auto hour = scanner.take_number(2);
  if (!hour || *hour > 23 || !scanner.take(':')) return std::nullopt;
  const auto minute = scanner.take_number(2);
  if (!minute || *minute > 59 || !scanner.take(':')) return std::nullopt;
  const auto second = scanner.take_number(2);
  if (!second || *second > 59) return std::nullopt;
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::optional<std::chrono::seconds> take_offset(Scanner& scanner) {
  if (scanner.take('Z')) return std::chrono::seconds(0);
  const int sign = scanner.take('+') ? 1 : scanner.take('-') ? -1 : 0;
  if (sign == 0) return std::nullopt;
  const auto hours = scanner.take_number(2);
  if (!hours || *hours > 23 || !scanner.take(':')) return std::nullopt;
  const auto minutes = scanner.take_number(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * (std::chrono::hours(*hours) + std::chrono::minutes(*minutes));
}

/// Midnight of that day here. The system's calendar knows on which days an hour is lost.
Instant local_midnight(const std::chrono::year_month_day& date) {
  std::tm midnight{};
  midnight.tm_year = static_cast<int>(date.year()) - 1900;
  midnight.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  midnight.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
  midnight.tm_isdst = -1;
  return Instant(std::chrono::seconds(std::mktime(&midnight)));
}

std::chrono::year_month_day day_after(const std::chrono::year_month_day& date) {
  return std::chrono::sys_days(date) + std::chrono::days(1);
}

}  // namespace

std::string local_date_time(Instant instant) {
  return formatted(local_time(instant), "%d/%m/%Y %H:%M:%S");
}

std::string local_date(Instant instant) { return formatted(local_time(instant), "%d/%m/%Y"); }

std::string pastell_date(Instant instant) {
  return formatted(local_time(instant), "%Y-%m-%d %H:%M:%S");
}

std::string iso8601(Instant instant) {
  const std::time_t seconds = instant.time_since_epoch().count();
  std::tm broken{};
  ::gmtime_r(&seconds, &broken);
  return formatted(broken, "%Y-%m-%dT%H:%M:%SZ");
}

std::optional<Instant> parse_moment(std::string_view text, DayEdge edge) {
  Scanner scanner(text);
  const auto date = take_date(scanner);
  if (!date) return std::nullopt;
  if (scanner.at_end()) {
    return edge == DayEdge::first_second
               ? local_midnight(*date)
               : local_midnight(day_after(*date)) - std::chrono::seconds(1);
  }
  if (!scanner.take('T')) return std::nullopt;
  const auto time = take_time(scanner);
  if (!time) return std::nullopt;
  const auto offset = take_offset(scanner);
  if (!offset || !scanner.at_end()) return std::nullopt;
  return Instant(std::chrono::sys_days(*date)) + *time - *offset;
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  long long count = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, count);
  constexpr long long most = 366LL * 100 * 86400;
  if (failure != std::errc() || count < 0 || count > most) return std::nullopt;
  const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  if (unit.empty() || unit == "s") return std::chrono::seconds(count);
  if (unit == "m") return std::chrono::minutes(count);
  if (unit == "h") return std::chrono::hours(count);
  if (unit == "d") return std::chrono::days(count);
  return std::nullopt;
}

}  // namespace pes::ui
