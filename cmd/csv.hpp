#pragma once

#include <string>
#include <vector>

namespace pes::cmd {

/// A line of CSV (RFC 4180, with a line feed alone), new lines inside of cells made spaces.
std::string csv_row(const std::vector<std::string>& cells);

}  // namespace pes::cmd
