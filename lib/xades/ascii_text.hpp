#pragma once

#include <string>
#include <string_view>

namespace pes::xades {

/// True for UTF-8 that only has characters XML 1.0 allows (production Char).
bool is_xml_text(std::string_view utf8);

/// The text for an element or an attribute, in ASCII: other characters, markup and those that a
/// parser would change go by numeric reference.
/// @param utf8 is_xml_text
std::string ascii_text(std::string_view utf8);

}  // namespace pes::xades
