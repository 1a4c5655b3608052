#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace pes::cmd {

/// The line of a text file around a place, and below it a caret; empty when there is no
/// such place. Lines of a flow can be megabytes long: only what surrounds the column is
/// kept.
/// @param line, column from 1, in bytes
std::string excerpt(const std::filesystem::path& file, std::uint64_t line, std::uint64_t column);

}  // namespace pes::cmd
