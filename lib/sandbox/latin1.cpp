#include "sandbox/latin1.hpp"

#include <cstddef>

namespace pes::sandbox {

std::u32string code_points(std::string_view utf8) {
  std::u32string result;
  std::size_t i = 0;
  while (i < utf8.size()) {
    const auto lead = static_cast<unsigned char>(utf8[i++]);
    const unsigned following = lead < 0x80 ? 0U : lead < 0xE0 ? 1U : lead < 0xF0 ? 2U : 3U;
    char32_t code = following == 0 ? lead : lead & (0x3FU >> following);
    for (unsigned k = 0; k < following && i < utf8.size(); ++k) {
      code = (code << 6U) | (static_cast<unsigned char>(utf8[i++]) & 0x3FU);
    }
    result += code;
  }
  return result;
}

std::string latin1_from_utf8(std::string_view utf8) {
  std::string result;
  for (const char32_t code : code_points(utf8)) {
    result += code <= 0xFF ? static_cast<char>(code) : '?';
  }
  return result;
}

}  // namespace pes::sandbox
