#include "xml/character_reference.hpp"

#include "xml/character_scan.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace pes::xml {

namespace {

constexpr std::size_t longest = 12;

constexpr std::array<std::pair<std::string_view, char32_t>, 5> predefined = {
    {{"lt", U'<'}, {"gt", U'>'}, {"amp", U'&'}, {"quot", U'"'}, {"apos", U'\''}}};

std::optional<char32_t> numbered_character(std::string_view digits) {
  const bool hexadecimal = digits.starts_with('x');
  if (hexadecimal) digits.remove_prefix(1);
  std::uint32_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, fault] = std::from_chars(digits.data(), end, number, hexadecimal ? 16 : 10);
  if (fault != std::errc() || stop != end || !is_xml_character(number)) return std::nullopt;
  return number;
}

std::optional<char32_t> named_character(std::string_view name) {
  if (name.starts_with('#')) return numbered_character(name.substr(1));
  for (const auto& [known, character] : predefined) {
    if (known == name) return character;
  }
  return std::nullopt;
}

}  // namespace

Reference read_reference(std::string_view bytes) {
  const std::size_t semicolon = bytes.substr(0, longest).find(';');
  if (semicolon == std::string_view::npos) {
    return {bytes.size() < longest ? Reference::Kind::cut : Reference::Kind::wrong, 0, 0};
  }
  const auto character = named_character(bytes.substr(1, semicolon - 1));
  if (!character) return {Reference::Kind::wrong, 0, 0};
  return {Reference::Kind::whole, semicolon + 1, *character};
}

void append_utf8(std::string& text, char32_t character) {
  const auto append = [&](char32_t byte) { text += static_cast<char>(byte); };
  const auto append_tail = [&](unsigned shift) { append(0x80U | ((character >> shift) & 0x3FU)); };
  if (character < 0x80) {
    append(character);
  } else if (character < 0x800) {
    append(0xC0U | (character >> 6U));
    append_tail(0);
  } else if (character < 0x10000) {
    append(0xE0U | (character >> 12U));
    append_tail(6);
    append_tail(0);
  } else {
    append(0xF0U | (character >> 18U));
    append_tail(12);
    append_tail(6);
    append_tail(0);
  }
}

}  // namespace pes::xml
