#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pes::xml {

/// What the first bytes of a document say of its encoding.
struct Encoding {
  std::string declared;  // as in the XML declaration; empty when it names none
  /// Markup bytes are ASCII and appear in no other character: the raw bytes can be
  /// scanned for tags (ISO-8859-*, UTF-8, US-ASCII, windows-125x).
  bool ascii_compatible = true;
  bool utf8 = true;
  bool byte_order_mark = false;
};

/// @param head the first bytes, long enough to hold the XML declaration
Encoding sniff_encoding(std::string_view head);

/// The text in another encoding; nothing when it has no such character, or is unknown.
std::optional<std::string> encoded(std::string_view utf8, const std::string& encoding);

}  // namespace pes::xml
