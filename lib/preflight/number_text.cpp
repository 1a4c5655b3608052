#include "preflight/number_text.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace pes::preflight {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool are_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

int value_of(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// `Z` or `+hh:mm`.
bool is_zone(std::string_view text) {
  constexpr std::size_t length = 6;
  constexpr int most_hours = 14;
  constexpr int most_minutes = 59;
  if (text.empty() || text == "Z") return true;
  if (text.size() != length || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  const std::string_view hours = text.substr(1, 2);
  const std::string_view minutes = text.substr(4);
  return are_digits(hours) && are_digits(minutes) && value_of(hours) <= most_hours &&
         value_of(minutes) <= most_minutes;
}

/// Takes the digits of a year away: four, or more that begin with no zero.
std::optional<int> take_year(std::string_view& text) {
  constexpr std::size_t usual = 4;
  constexpr std::size_t most = 9;
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto* end = std::find_if_not(text.begin(), text.end(), is_digit);
  const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  if (digits.size() < usual || digits.size() > most) return std::nullopt;
  if (digits.size() > usual && digits.front() == '0') return std::nullopt;
  text.remove_prefix(digits.size());
  return value_of(digits);
}

int days_of(int year, int month) {
  constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  constexpr int february = 2;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (month == february && leap) return 29;
  return days.at(static_cast<std::size_t>(month - 1));
}

}  // namespace

std::optional<Decimal> decimal(std::string_view text) {
  text = trimmed(text);
  Decimal result;
  if (text.starts_with('-') || text.starts_with('+')) {
    result.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  result.whole = text.substr(0, point);
  if (point != std::string_view::npos) result.fraction = text.substr(point + 1);
  if (result.whole.empty() && result.fraction.empty()) return std::nullopt;
  if (!are_digits(result.whole) || !are_digits(result.fraction)) return std::nullopt;
  result.whole.remove_prefix(std::min(result.whole.find_first_not_of('0'), result.whole.size()));
  result.fraction = result.fraction.substr(0, result.fraction.find_last_not_of('0') + 1);
  return result;
}

std::optional<std::int64_t> centimes(std::string_view text) {
  constexpr std::size_t most_digits = 15;
  constexpr std::int64_t hundred = 100;
  const std::optional<Decimal> number = decimal(text);
  if (!number || number->whole.size() > most_digits || number->fraction.size() > 2) {
    return std::nullopt;
  }
  std::int64_t euros = 0;
  std::from_chars(number->whole.data(), number->whole.data() + number->whole.size(), euros);
  std::int64_t cents = value_of(number->fraction);
  if (number->fraction.size() == 1) cents *= 10;
  const std::int64_t amount = euros * hundred + cents;
  return number->negative ? -amount : amount;
}

bool is_number(std::string_view text, std::uint64_t number) {
  const std::optional<Decimal> found = decimal(text);
  if (!found || found->negative || !found->fraction.empty()) return false;
  std::uint64_t value = 0;
  const char* const end = found->whole.data() + found->whole.size();
  const auto [rest, error] = std::from_chars(found->whole.data(), end, value);
  if (found->whole.empty()) return number == 0;
  return error == std::errc() && rest == end && value == number;
}

bool is_true(std::string_view text) {
  text = trimmed(text);
  return text == "1" || text == "true";
}

bool is_date(std::string_view text) {
  constexpr std::size_t month_and_day = 6;  // -mm-dd
  constexpr int december = 12;
  text = trimmed(text);
  const std::optional<int> year = take_year(text);
  if (!year || text.size() < month_and_day || text[0] != '-' || text[3] != '-') return false;
  const std::string_view month = text.substr(1, 2);
  const std::string_view day = text.substr(4, 2);
  if (!are_digits(month) || !are_digits(day)) return false;
  const bool is_month = value_of(month) >= 1 && value_of(month) <= december;
  return is_month && value_of(day) >= 1 && value_of(day) <= days_of(*year, value_of(month)) &&
         is_zone(text.substr(month_and_day));
}

bool is_year(std::string_view text) {
  text = trimmed(text);
  return take_year(text) && is_zone(text);
}

}  // namespace pes::preflight
