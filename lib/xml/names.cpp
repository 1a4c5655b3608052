#include "xml/names.hpp"

#include "xml/ascii_names.hpp"
#include "xml/libxml.hpp"

#include <algorithm>

namespace pes::xml {

bool is_ncname(const std::string& utf8) {
  const bool is_ascii = std::all_of(utf8.begin(), utf8.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (is_ascii) {
    return !utf8.empty() && is_name_start(utf8.front()) &&
           std::all_of(utf8.begin(), utf8.end(), is_name_character);
  }
  return libxml::validate_ncname(reinterpret_cast<const xmlChar*>(utf8.c_str()), 0) == 0;
}

}  // namespace pes::xml
