#include "ui/ascii.hpp"

#include "ui/characters.hpp"

#include <array>

namespace pes::ui {

namespace {

/// U+00C0 to U+00FF.
constexpr std::array<std::string_view, 64> latin1_letters{
    "A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E", "I", "I", "I",  "I",
    "D", "N", "O", "O", "O", "O", "O",  "x", "O", "U", "U", "U", "U", "Y", "Th", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  "/", "o", "u", "u", "u", "u", "y", "th", "y"};

std::string_view neighbour(char32_t code) {
  if (code >= 0xC0 && code <= 0xFF) return latin1_letters.at(code - 0xC0);
  switch (code) {
    case U'\u00A0':
    case U'\u202F':
      return " ";
    case U'«':
    case U'»':
    case U'“':
    case U'”':
      return "\"";
    case U'‘':
    case U'’':
      return "'";
    case U'–':
    case U'—':
      return "-";
    case U'…':
      return "...";
    case U'°':
      return "o";
    case U'²':
      return "2";
    case U'œ':
      return "oe";
    case U'Œ':
      return "OE";
    case U'€':
      return "EUR";
    default:
      return "?";
  }
}

}  // namespace

std::string to_ascii(std::string_view utf8) {
  std::string result;
  result.reserve(utf8.size());
  for (const Character& character : characters(utf8)) {
    result += character.code < 0x80 ? character.bytes : neighbour(character.code);
  }
  return result;
}

}  // namespace pes::ui
