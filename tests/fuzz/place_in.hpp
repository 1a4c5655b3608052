#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace pes::fuzz {

/// Whether there is such a line in the text, and such a column in it; 0 stands for none. Lines
/// end with a line feed, columns count bytes or characters, which are fewer.
inline bool is_place_in(std::string_view text, std::uint64_t line, std::uint64_t column) {
  if (line == 0) return column == 0;
  for (std::uint64_t before = 1; before < line; ++before) {
    const std::size_t feed = text.find('\n');
    if (feed == std::string_view::npos) return false;
    text.remove_prefix(feed + 1);
  }
  return column <= std::min(text.find('\n'), text.size()) + 1;
}

}  // namespace pes::fuzz
