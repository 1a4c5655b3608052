#include "ui/numbers.hpp"

#include "ui/language.hpp"

#include <cmath>
#include <string_view>

namespace pes::ui {

namespace {

struct Separators {
  std::string_view thousands;
  std::string_view decimals;
};

Separators separators() {
  // A number as it is written in the language of the catalogue: what stands between its digits is
  // all that is read of it.
  const std::string_view sample = tr("1,234.5");
  const std::size_t middle = sample.find("234");
  const std::size_t last = sample.rfind('5');
  return {.thousands = sample.substr(1, middle - 1),
          .decimals = sample.substr(middle + 3, last - middle - 3)};
}

/// In tenths of a unit: « 4,2 », and « 42 » from ten on.
std::string tenths_text(std::uint64_t tenths) {
  const std::string whole = count_text(tenths / 10);
  if (tenths >= 100 || tenths % 10 == 0) return whole;
  return whole + std::string(separators().decimals) + std::to_string(tenths % 10);
}

}  // namespace

std::string count_text(std::uint64_t count) {
  const std::string digits = std::to_string(count);
  const std::string_view between = separators().thousands;
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += between;
    text += digits[i];
  }
  return text;
}

std::string percent_text(std::uint64_t part, std::uint64_t whole) {
  constexpr std::uint64_t hundred = 100;
  const std::uint64_t percent = (part * hundred + whole / 2) / whole;
  if (percent == 0 && part > 0) return say("{1}%", {"<1"});
  if (percent == hundred && part < whole) return say("{1}%", {">99"});
  return say("{1}%", {count_text(percent)});
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t thousand = 1000;
  std::uint64_t tenths = bytes * 10;
  std::size_t rank = 0;
  while (tenths >= thousand * 10 && rank < 4) {
    tenths = (tenths + thousand / 2) / thousand;
    ++rank;
  }
  const std::string number = tenths_text(tenths);
  switch (rank) {
    case 0:
      return say("{1} bytes", {number});
    case 1:
      return say("{1} kB", {number});
    case 2:
      return say("{1} MB", {number});
    case 3:
      return say("{1} GB", {number});
    default:
      return say("{1} TB", {number});
  }
}

std::string pace_text(double per_second) {
  constexpr double tenths = 10;
  return tenths_text(static_cast<std::uint64_t>(std::llround(per_second * tenths))) + "/s";
}

std::string duration_text(std::chrono::seconds duration) {
  const auto days = std::chrono::floor<std::chrono::days>(duration);
  const auto hours = std::chrono::floor<std::chrono::hours>(duration - days);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(duration - days - hours);
  const auto text = [](auto count) {
    return count_text(static_cast<std::uint64_t>(count.count()));
  };
  if (days.count() > 0) {
    if (hours.count() == 0) return say("{1} d", {text(days)});
    return say("{1} d {2} h", {text(days), text(hours)});
  }
  if (hours.count() > 0) {
    if (minutes.count() == 0) return say("{1} h", {text(hours)});
    return say("{1} h {2} min", {text(hours), text(minutes)});
  }
  if (minutes.count() > 0) return say("{1} min", {text(minutes)});
  return say("{1} s", {text(duration)});
}

}  // namespace pes::ui
