#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pes::config {

/// A key with its value, as a string whatever its type was.
struct TomlEntry {
  std::vector<std::string> path;  // tables, then key: {"tdt", "url"}
  std::string value;
  std::size_t line = 0;  // from 1
};

/// Throws config_invalid with file and line.
/// @param file only for the messages
std::vector<TomlEntry> read_toml(std::string_view text, const std::filesystem::path& file);

}  // namespace pes::config
