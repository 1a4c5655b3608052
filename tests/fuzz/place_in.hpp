#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace pes::fuzz {

/// A line feed as the document writes it: one that begins with a mark or « < » of UTF-16 or UTF-32
/// has units of several bytes, in either order.
inline std::string_view line_feed_of(std::string_view text) {
  using namespace std::string_view_literals;
  constexpr std::array feeds{
      std::pair("\xff\xfe\0\0"sv, "\n\0\0\0"sv), std::pair("<\0\0\0"sv, "\n\0\0\0"sv),
      std::pair("\0\0\xfe\xff"sv, "\0\0\0\n"sv), std::pair("\0\0\0<"sv, "\0\0\0\n"sv),
      std::pair("\xff\xfe"sv, "\n\0"sv),         std::pair("<\0"sv, "\n\0"sv),
      std::pair("\xfe\xff"sv, "\0\n"sv),         std::pair("\0<"sv, "\0\n"sv)};
  for (const auto& [beginning, feed] : feeds) {
    if (text.starts_with(beginning)) return feed;
  }
  return "\n"sv;
}

/// Where the first line ends: one unit of the text at a time.
inline std::size_t end_of_line(std::string_view text, std::string_view feed) {
  for (std::size_t at = 0; at + feed.size() <= text.size(); at += feed.size()) {
    if (text.substr(at, feed.size()) == feed) return at;
  }
  return std::string_view::npos;
}

/// Whether there is such a line in the text, and such a column in it; 0 stands for none. Lines
/// end with a line feed, columns count bytes or characters, which are fewer.
inline bool is_place_in(std::string_view text, std::uint64_t line, std::uint64_t column) {
  if (line == 0) return column == 0;
  const std::string_view feed = line_feed_of(text);
  for (std::uint64_t before = 1; before < line; ++before) {
    const std::size_t end = end_of_line(text, feed);
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + feed.size());
  }
  return column <= std::min(end_of_line(text, feed), text.size()) + 1;
}

}  // namespace pes::fuzz
