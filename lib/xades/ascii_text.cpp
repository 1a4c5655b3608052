#include "xades/ascii_text.hpp"

#include "support/text.hpp"

namespace pes::xades {

namespace {

/// Removes the first character of valid UTF-8.
char32_t take_character(std::string_view& utf8) {
  const auto lead = static_cast<unsigned char>(utf8.front());
  std::size_t length = 1;
  char32_t character = lead;
  if (lead >= 0xF0) {
    length = 4, character = lead & 0x07U;
  } else if (lead >= 0xE0) {
    length = 3, character = lead & 0x0FU;
  } else if (lead >= 0xC0) {
    length = 2, character = lead & 0x1FU;
  }
  for (std::size_t i = 1; i < length; ++i) {
    character = (character << 6U) | (static_cast<unsigned char>(utf8[i]) & 0x3FU);
  }
  utf8.remove_prefix(length);
  return character;
}

bool is_xml_character(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && c != 0xFFFE && c != 0xFFFF);
}

bool is_plain(char32_t c) {
  return c >= ' ' && c < 0x7F && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
}

}  // namespace

bool is_xml_text(std::string_view utf8) {
  if (!is_valid_utf8(utf8)) return false;
  while (!utf8.empty()) {
    if (!is_xml_character(take_character(utf8))) return false;
  }
  return true;
}

std::string ascii_text(std::string_view utf8) {
  std::string text;
  while (!utf8.empty()) {
    const char32_t c = take_character(utf8);
    if (is_plain(c)) {
      text += static_cast<char>(c);
    } else {
      text += "&#" + std::to_string(static_cast<unsigned long>(c)) + ";";
    }
  }
  return text;
}

}  // namespace pes::xades
