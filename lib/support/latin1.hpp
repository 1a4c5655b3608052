#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pes {

/// UTF-8 to ISO-8859-1; nullopt for what is no UTF-8, or holds a character that ISO-8859-1 lacks.
/// The other way is `utf8_from_latin1`.
std::optional<std::string> latin1_from_utf8(std::string_view utf8);

}  // namespace pes
