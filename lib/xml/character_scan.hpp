#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pes::xml {

/// The first byte that text does not hold as it stands: `<`, `&`, `]`, a control character
/// other than tab and line feed, or one above 0x7F; `end` when there is none.
const char* find_markup(const char* begin, const char* end);

/// The first byte that canonical text replaces: `&`, `<`, `>` or a carriage return; `end`
/// when there is none.
const char* find_escaped(const char* begin, const char* end);

/// The first byte that is no letter of base64 (RFC 4648 §4); `end` when there is none.
const char* find_beyond_base64(const char* begin, const char* end);

/// A byte between 0x80 and 0x9F is there.
bool holds_c1_bytes(std::string_view bytes);

struct LineFeeds {
  std::size_t count = 0;
  std::size_t after_last = 0;  // index of the byte after the last one
};
LineFeeds line_feeds(std::string_view bytes);

/// What stands at the start of the bytes, when that is a character that XML allows (XML 1.0,
/// production Char) of two bytes or more.
struct Utf8Sequence {
  enum class Kind { whole, cut, wrong };
  Kind kind = Kind::wrong;
  std::size_t length = 0;  // of a whole one
};
Utf8Sequence utf8_sequence(const char* begin, const char* end);

/// A character that XML allows (XML 1.0, production Char).
bool is_xml_character(std::uint32_t character);

}  // namespace pes::xml
