#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pes::ui {

/// A character of a text: its code point and its bytes.
struct Character {
  char32_t code = 0;
  std::string_view bytes;
};

/// What is not UTF-8 counts byte by byte, as U+FFFD.
std::vector<Character> characters(std::string_view utf8);

/// Columns taken on a terminal.
std::size_t display_width(std::string_view utf8);

/// On one line and without control characters, so that no data can move a cursor or break
/// a row.
std::string printable(std::string_view text);

/// At most `width` columns, the middle replaced by an ellipsis.
std::string elided(std::string_view utf8, std::size_t width);

/// In lines of at most `width` columns, broken between words; a longer word is broken too.
std::vector<std::string> wrapped(std::string_view utf8, std::size_t width);

/// Case counts for nothing, of ASCII letters.
bool equal_ignoring_case(std::string_view one, std::string_view other);
bool contains_ignoring_case(std::string_view text, std::string_view part);

}  // namespace pes::ui
