#pragma once

#include "adapter/journal/chain.hpp"
#include "support/file.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace pes::journal {

std::uint64_t file_size(const FileDescriptor& file, const std::filesystem::path& path);

/// The position after the last line feed before `end`; 0 when there is none.
std::uint64_t end_of_complete_lines(const FileDescriptor& file, const std::filesystem::path& path,
                                    std::uint64_t end);

/// Reads the last complete line. Throws journal_damaged, journal_newer.
Tail read_tail(const FileDescriptor& file, const std::filesystem::path& path, std::uint64_t size);

/// Moves what follows the last complete line to a file `truncated-<number>-<digest>.part` of
/// the same folder: a writer was killed inside its line, which was never acknowledged. The
/// journal must be locked.
void set_aside_incomplete_line(const FileDescriptor& file, const std::filesystem::path& path,
                               const Tail& tail, std::uint64_t size);

}  // namespace pes::journal
