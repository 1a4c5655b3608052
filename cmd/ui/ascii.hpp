#pragma once

#include <string>
#include <string_view>

namespace pes::ui {

/// For a reader without UTF-8: accents are dropped, quotes and dashes become their ASCII
/// neighbours, the rest `?`.
std::string to_ascii(std::string_view utf8);

}  // namespace pes::ui
