#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pes::xml {

/// A run of text as a schema can judge it: whole up to a bound, beyond which a text is base64 (an
/// attachment) or of a type that has no bound of its own. What is left out there is what neither
/// kind sees: blanks, and letters of base64 by groups of four. So an attachment of any size is
/// valid when and only when what is kept of it is, and libxml2, which holds a text whole, holds
/// little.
class TextForSchema {
 public:
  /// In characters; no type of the PES has a longer maxLength.
  static constexpr std::size_t bound = 64U << 10U;

  void append(std::string_view piece);
  /// What is to be judged of the whole run; the next one begins.
  std::string take();

 private:
  void append_beyond(char c);

  std::string kept_;
  bool is_beyond_ = false;
  std::string base64_;  // letters beyond the bound, of which a few last ones count
};

}  // namespace pes::xml
