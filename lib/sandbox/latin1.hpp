#pragma once

#include <string>
#include <string_view>

namespace pes::sandbox {

/// The characters of a valid UTF-8 text.
std::u32string code_points(std::string_view utf8);

/// ISO-8859-1; a character that it does not have becomes `?`, as PHP does.
std::string latin1_from_utf8(std::string_view utf8);

}  // namespace pes::sandbox
