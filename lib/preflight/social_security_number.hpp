#pragma once

#include <string_view>

namespace pes::preflight {

/// Whether a NIR of 15 characters ends with its key: 97 less the number modulo 97, where 2A and
/// 2B of Corsica count as 19 and 18 (INSEE).
bool has_right_nir_key(std::string_view nir);

}  // namespace pes::preflight
