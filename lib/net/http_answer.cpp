#include "net/http_answer.hpp"

#include "net/excerpt.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>

namespace pes::net {

namespace {

std::string_view quoted_value(std::string_view text) {
  const std::size_t end = text.find('"', 1);
  return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
}

std::string_view last_part(std::string_view path) {
  return path.substr(path.find_last_of("/\\") + 1);
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the only form that may be sent today (RFC 9110 §5.6.7); its
/// names are English whatever the locale.
std::optional<std::chrono::sys_seconds> http_date(std::string_view text) {
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  constexpr int fields = 6;
  int day = 0;
  int year = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::array<char, 4> name{};
  const int read = std::sscanf(std::string(trimmed(text)).c_str(), "%*3s, %2d %3s %4d %2d:%2d:%2d",
                               &day, name.data(), &year, &hour, &minute, &second);
  const std::size_t place = months.find(name.data());
  if (read != fields || place == std::string_view::npos || place % 3 != 0) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(place / 3 + 1)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

std::optional<std::chrono::seconds> delta_seconds(std::string_view text) {
  std::int64_t count = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, count);
  if (fault != std::errc() || rest != end || count < 0) return std::nullopt;
  return std::chrono::seconds(count);
}

}  // namespace

std::optional<std::chrono::seconds> asked_pause(std::string_view retry_after,
                                                std::string_view date) {
  constexpr std::chrono::seconds none{0};
  constexpr std::chrono::seconds longest = std::chrono::hours(24);
  std::optional<std::chrono::seconds> pause = delta_seconds(trimmed(retry_after));
  if (!pause) {
    const auto then = http_date(retry_after);
    const auto now = http_date(date);
    if (!then || !now) return std::nullopt;
    pause = *then - *now;
  }
  return std::clamp(*pause, none, longest);
}

std::string proposed_file_name(std::string_view content_disposition) {
  constexpr std::string_view key = "filename=";
  const std::size_t place = lowered_ascii(content_disposition).find(key);
  if (place == std::string::npos) return {};
  const std::string_view rest = content_disposition.substr(place + key.size());
  const std::string_view value =
      rest.starts_with('"') ? quoted_value(rest) : rest.substr(0, rest.find(';'));
  const std::string name = one_line(last_part(trimmed(value)));
  return name == "." || name == ".." ? std::string() : name;
}

bool looks_like_markup(std::string_view body) { return trimmed(body).starts_with('<'); }

bool is_html(const HttpAnswer& answer) {
  const std::string begin = lowered_ascii(trimmed(answer.body).substr(0, 200));
  if (begin.starts_with("<?xml")) return begin.find("<html") != std::string::npos;
  return begin.starts_with("<!doctype html") || begin.starts_with("<html") ||
         begin.starts_with("<br") || begin.starts_with("<head") || begin.starts_with("<body");
}

}  // namespace pes::net
