#include "net/excerpt.hpp"

#include "net/http_answer.hpp"
#include "support/text.hpp"

#include <array>
#include <utility>

namespace pes::net {

namespace {

std::string unescaped(std::string_view html) {
  constexpr std::array<std::pair<std::string_view, char>, 5> entities{
      {{"&#039;", '\''}, {"&quot;", '"'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}}};
  std::string text;
  for (std::size_t i = 0; i < html.size();) {
    const std::size_t before = i;
    for (const auto& [entity, character] : entities) {
      if (i == before && html.substr(i).starts_with(entity)) {
        text += character;
        i += entity.size();
      }
    }
    if (i == before) text += html[i++];
  }
  return text;
}

std::string_view title(std::string_view html) {
  const std::string lowered = lowered_ascii(html);
  const std::size_t tag = lowered.find("<title");
  if (tag == std::string::npos) return {};
  const std::size_t begin = lowered.find('>', tag);
  const std::size_t end = lowered.find("</title", tag);
  if (begin == std::string::npos || end == std::string::npos || end <= begin) return {};
  return html.substr(begin + 1, end - begin - 1);
}

/// Length of the control character that a text in UTF-8 begins with: C0, DEL, or C1 (whose
/// U+009B starts terminal sequences as ESC [ does); 0 for any other.
std::size_t control_length(std::string_view utf8) {
  const auto first = static_cast<unsigned char>(utf8[0]);
  if (first < 0x20 || first == 0x7F) return 1;
  const bool is_c1 = first == 0xC2 && utf8.size() > 1 && static_cast<unsigned char>(utf8[1]) < 0xA0;
  return is_c1 ? 2 : 0;
}

std::string without_controls(std::string_view utf8) {
  std::string text;
  while (!utf8.empty()) {
    const std::size_t control = control_length(utf8);
    const bool is_blank = control > 0 || utf8[0] == ' ';
    if (!is_blank) text += utf8[0];
    if (is_blank && !text.empty() && text.back() != ' ') text += ' ';
    utf8.remove_prefix(control > 0 ? control : 1);
  }
  return std::string(trimmed(text));
}

std::string shortened(std::string_view utf8, std::size_t characters) {
  if (length_in_characters(utf8) <= characters) return std::string(utf8);
  std::size_t end = 0;
  for (std::size_t count = 0; end < utf8.size(); ++end) {
    const bool begins_character = (static_cast<unsigned char>(utf8[end]) & 0xC0U) != 0x80U;
    if (begins_character && ++count > characters) break;
  }
  return std::string(utf8.substr(0, end)) + "…";
}

}  // namespace

std::string utf8_of(std::string_view bytes) {
  return is_valid_utf8(bytes) ? std::string(bytes) : utf8_from_latin1(bytes);
}

std::string one_line(std::string_view bytes, std::size_t characters) {
  return shortened(without_controls(utf8_of(bytes)), characters);
}

std::string excerpt(std::string_view body) {
  return one_line(unescaped(looks_like_markup(body) ? title(body) : body), 300);
}

}  // namespace pes::net
