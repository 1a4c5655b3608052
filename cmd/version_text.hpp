#pragma once

#include <string>
#include <string_view>

namespace pes::cmd {

std::string_view version_number();

/// Ours, then those of the libraries, one a line.
std::string version_text();

}  // namespace pes::cmd
