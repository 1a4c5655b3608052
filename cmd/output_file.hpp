#pragma once

#include "ui/console.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace pes::cmd {

/// Copies a file to where the person wants it: whole or not at all, or to standard output.
/// @param destination a path, or `-`
/// Throws io_failed; usage rather than pour bytes that are no text on a terminal.
void copy_out(ui::Console& console, const std::filesystem::path& source,
              const std::string& destination);

/// Writes a text of ours to where the person wants it: whole or not at all, or to standard
/// output.
/// @param destination a path, or `-`
/// Throws io_failed.
void write_out(ui::Console& console, std::string_view text, const std::string& destination);

}  // namespace pes::cmd
