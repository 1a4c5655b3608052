#pragma once

#include <string>
#include <vector>

namespace pes::cmd {

/// The words of a command line, a folder replaced by the `*.xml` files in it and below, sorted.
/// Links to folders are not followed. Throws io_failed, and file_unknown for a folder without
/// any.
std::vector<std::string> with_files_of_folders(const std::vector<std::string>& words);

}  // namespace pes::cmd
