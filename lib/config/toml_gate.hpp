#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace pes::config {

/// A configuration file that CLI11 reads as TOML does, comments taken out.
struct GatedText {
  std::string text;
  std::map<std::string, std::size_t, std::less<>> lines;  // "tdt.url" -> line, from 1
};

/// CLI11 2.1.2 reads an INI that looks like TOML and refuses nothing: it cuts a string at a
/// `#`, keeps `\` as it stands, takes an open quote or a lone word for a value and adds up
/// repeated keys. Here passes only what both read alike: tables, keys without quotes, strings
/// on one line without `\`, whole numbers, booleans, comments. Throws config_invalid with
/// file and line (lib/design/0003).
GatedText gate(std::string_view text, const std::filesystem::path& file);

}  // namespace pes::config
