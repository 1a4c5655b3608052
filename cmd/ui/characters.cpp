#include "ui/characters.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace pes::ui {

namespace {

constexpr char32_t replacement = 0xFFFD;

std::size_t length_announced_by(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

/// Nothing but its first byte when what stands there is no UTF-8.
Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = length_announced_by(lead);
  const Character broken{replacement, text.substr(0, 1)};
  if (length == 0 || length > text.size()) return broken;
  if (length == 1) return {lead, text.substr(0, 1)};
  char32_t code = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80U) return broken;
    code = (code << 6U) | (next & 0x3FU);
  }
  return {code, text.substr(0, length)};
}

struct Range {
  char32_t first, last;
};

template <std::size_t size>
bool is_in(const std::array<Range, size>& ranges, char32_t code) {
  return std::any_of(ranges.begin(), ranges.end(), [code](const Range& range) {
    return code >= range.first && code <= range.last;
  });
}

std::size_t width(char32_t code) {
  constexpr std::array<Range, 4> marks{
      {{0x0300, 0x036F}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0xFE00, 0xFE0F}}};
  constexpr std::array<Range, 5> wide{
      {{0x1100, 0x115F}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3}, {0xFF00, 0xFF60}, {0x1F300, 0x1FAFF}}};
  if (is_in(marks, code)) return 0;
  return is_in(wide, code) ? 2 : 1;
}

bool same_letter(char one, char other) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return lower(one) == lower(other);
}

bool is_control(char32_t code) {
  // The last range changes the direction of writing.
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

}  // namespace

std::vector<Character> characters(std::string_view utf8) {
  std::vector<Character> result;
  result.reserve(utf8.size());
  while (!utf8.empty()) {
    result.push_back(first_character(utf8));
    utf8.remove_prefix(result.back().bytes.size());
  }
  return result;
}

std::size_t display_width(std::string_view utf8) {
  const auto text = characters(utf8);
  return std::accumulate(
      text.begin(), text.end(), std::size_t{0},
      [](std::size_t sum, const Character& character) { return sum + width(character.code); });
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const Character& character : characters(text)) {
    if (is_control(character.code)) {
      result += ' ';
    } else if (character.code == replacement) {
      result += '?';
    } else {
      result += character.bytes;
    }
  }
  return result;
}

std::string elided(std::string_view utf8, std::size_t width_allowed) {
  if (display_width(utf8) <= width_allowed) return std::string(utf8);
  if (width_allowed < 2) return width_allowed == 0 ? "" : "…";
  const auto text = characters(utf8);
  const std::size_t room = width_allowed - 1;
  std::string head;
  std::string tail;
  std::size_t used = 0;
  std::size_t from = 0;
  for (; from < text.size() && used + width(text[from].code) <= (room + 1) / 2; ++from) {
    head += text[from].bytes;
    used += width(text[from].code);
  }
  for (std::size_t to = text.size(); to > from && used + width(text[to - 1].code) <= room; --to) {
    tail.insert(0, text[to - 1].bytes);
    used += width(text[to - 1].code);
  }
  return head + "…" + tail;
}

std::vector<std::string> wrapped(std::string_view utf8, std::size_t width_allowed) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  const auto add = [&](const Character& character) {
    if (used + width(character.code) > width_allowed && used > 0) {
      lines.emplace_back();
      used = 0;
    }
    lines.back() += character.bytes;
    used += width(character.code);
  };
  while (!utf8.empty()) {
    const std::string_view word = utf8.substr(0, utf8.find(' '));
    utf8.remove_prefix(std::min(word.size() + 1, utf8.size()));
    const bool has_room = used + 1 + display_width(word) <= width_allowed;
    if (used > 0 && has_room) add({U' ', " "});
    if (used > 0 && !has_room) {
      lines.emplace_back();
      used = 0;
    }
    for (const Character& character : characters(word)) add(character);
  }
  return lines;
}

bool equal_ignoring_case(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), same_letter);
}

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same_letter) !=
             text.end() ||
         part.empty();
}

}  // namespace pes::ui
