#pragma once

#include <string>
#include <string_view>

namespace pes::flow {

/// A title made of the name of a file, whatever its bytes: what is no UTF-8 is read as ISO-8859-1,
/// and what a title may not hold is written otherwise.
std::string objet_from_name(std::string_view file_name);

}  // namespace pes::flow
