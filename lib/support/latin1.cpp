#include "support/latin1.hpp"

#include "support/text.hpp"

namespace pes {

std::optional<std::string> latin1_from_utf8(std::string_view utf8) {
  if (!is_valid_utf8(utf8)) return std::nullopt;
  std::string result;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte < 0x80) {
      result += utf8[i];
      continue;
    }
    // The characters from U+0080 to U+00FF begin by C2 or C3 and have one byte more.
    if (byte > 0xC3) return std::nullopt;
    const auto next = static_cast<unsigned char>(utf8[++i]);
    result += static_cast<char>(((byte & 0x03U) << 6U) | (next & 0x3FU));
  }
  return result;
}

}  // namespace pes
