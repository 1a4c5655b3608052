#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pes::xml {

/// `&lt;`, `&gt;`, `&amp;`, `&quot;`, `&apos;` or a reference to a character, `&#233;` or
/// `&#xE9;`.
struct Reference {
  enum class Kind { whole, cut, wrong };
  Kind kind = Kind::wrong;
  std::size_t length = 0;  // of a whole one, with `&` and `;`
  char32_t character = 0;
};

/// The reference that these bytes start with; one of needless length counts as wrong.
Reference read_reference(std::string_view bytes);

void append_utf8(std::string& text, char32_t character);

}  // namespace pes::xml
