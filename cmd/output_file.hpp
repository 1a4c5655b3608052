#pragma once

#include "command.hpp"
#include "ui/console.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace pes::cmd {

/// What becomes of a file that stands where another is written.
enum class Existing { kept, replaced };

/// `--force`, which replaces it.
void add_force_option(Command& command, Existing& existing);

/// A device, a pipe, a terminal: bytes are poured into it, and nothing takes its place.
bool is_stream(const std::filesystem::path& path);

/// True when a file stands there whose place a new one would take.
bool is_taken(const std::filesystem::path& destination);

/// Where a link leads, for a file that takes the place of what it names and not of the link.
std::filesystem::path followed(const std::filesystem::path& destination);

/// Throws usage.
[[noreturn]] void refuse_to_replace(const std::filesystem::path& file);

/// Those of a file that any program makes (umask), for one that was private while it was made.
/// Throws io_failed.
void give_usual_rights(const std::filesystem::path& file);

/// Copies a file to where the person wants it: whole or not at all, or to standard output. A file
/// of the same bytes may stand there already.
/// @param destination a path, or `-`
/// Throws io_failed; usage rather than replace a file, or pour bytes that are no text on a
/// terminal.
void copy_out(ui::Console& console, const std::filesystem::path& source,
              const std::string& destination, Existing existing);

/// Writes a text of ours to where the person wants it: whole or not at all, or to standard
/// output.
/// @param destination a path, or `-`
/// Throws io_failed; usage rather than replace a file.
void write_out(ui::Console& console, std::string_view text, const std::string& destination,
               Existing existing);

}  // namespace pes::cmd
