#pragma once

#include <cstdint>
#include <filesystem>

namespace pes::sandbox {

/// The next number of a sequence kept in a file, from 1. Never gives one twice, whatever
/// is killed; a number taken by what did not come to an end stays unused.
std::uint64_t next_number(const std::filesystem::path& file);

}  // namespace pes::sandbox
