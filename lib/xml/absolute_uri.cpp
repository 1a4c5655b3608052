#include "xml/absolute_uri.hpp"

#include "xml/libxml_handles.hpp"

#include <algorithm>
#include <string>

namespace pes::xml {

namespace {

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }
constexpr bool is_in_host(char c) { return is_letter_or_digit(c) || c == '.' || c == '-'; }
/// Of what a path and a fragment may have everywhere.
constexpr bool is_in_path(char c) {
  return is_in_host(c) || c == '/' || c == ':' || c == '_' || c == '~';
}

/// Takes the characters of a kind from the front; false when there are none.
bool take(std::string_view& text, bool (*belongs)(char)) {
  const auto* const end = std::find_if_not(text.begin(), text.end(), belongs);
  const auto count = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(count);
  return count > 0;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// What nearly every namespace is, `urn:path` or `http://host/path#fragment`, and what no reader
/// of URIs refuses.
bool is_plainly_absolute(std::string_view text) {
  const bool has_scheme = !text.empty() && is_letter(text.front()) &&
                          take(text, is_letter_or_digit) && take(text, ":") && !text.empty();
  if (!has_scheme) return false;
  if (take(text, "//")) {
    const bool has_host = !text.empty() && is_letter(text.front()) && take(text, is_in_host) &&
                          (text.empty() || text.front() == '/' || text.front() == '#');
    if (!has_host) return false;
  } else if (!is_letter_or_digit(text.front())) {
    return false;
  }
  take(text, is_in_path);
  if (take(text, "#")) take(text, is_in_path);
  return text.empty();
}

}  // namespace

bool is_absolute_uri(std::string_view text) {
  if (is_plainly_absolute(text)) return true;
  const LibxmlUri uri(libxml::parse_uri(std::string(text).c_str()));
  return uri && uri->scheme != nullptr;
}

}  // namespace pes::xml
