#pragma once

#include "helios/reading.hpp"
#include "support/file.hpp"

#include <filesystem>
#include <vector>

namespace pes::xades {

/// Copies the file with the changes made, and every other byte as it is; a change of an empty
/// range is an insertion.
/// @param changes in any order, apart from each other
void copy_with(const std::filesystem::path& file, std::vector<helios::Replacement> changes,
               PendingFile& copy);

}  // namespace pes::xades
