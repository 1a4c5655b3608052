#pragma once

#include "pes/deposit.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace pes::deposit {

/// A file that came out of a ZIP.
struct Unpacked {
  std::string name;  // with the folders it has in the ZIP: `lot/flux.xml`
  std::filesystem::path path;
};

/// Unpacks the files of a ZIP under names of our own: no name in it can lead anywhere else.
/// @param folder an empty one
/// Throws input_invalid (no ZIP, damaged, encrypted, links, names that lead outside),
/// input_empty, input_too_large, file_unknown, io_failed.
std::vector<Unpacked> unpack(const std::filesystem::path& zip, const std::filesystem::path& folder,
                             const Limits& limits);

}  // namespace pes::deposit
