#include "config/toml.hpp"

#include "config/toml_gate.hpp"
#include "support/text.hpp"

#include <CLI/CLI.hpp>

#include <sstream>

namespace pes::config {

std::vector<TomlEntry> read_toml(std::string_view text, const std::filesystem::path& file) {
  const GatedText gated = gate(text, file);
  CLI::ConfigTOML format;
  // The gate has taken the comments out; CLI11 would also see one inside a string.
  format.comment('\0');
  std::istringstream input(gated.text);
  std::vector<TomlEntry> entries;
  for (const CLI::ConfigItem& item : format.from_config(input)) {
    const bool opens_or_closes_table = item.name == "++" || item.name == "--";
    if (opens_or_closes_table) continue;
    TomlEntry entry{.path = item.parents, .value = item.inputs.at(0)};
    entry.path.push_back(item.name);
    entry.line = gated.lines.at(join(entry.path, "."));
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace pes::config
