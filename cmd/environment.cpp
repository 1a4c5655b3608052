#include "environment.hpp"

#include <unistd.h>

namespace pes::cmd {

Environment Environment::of_process() {
  Variables variables;
  for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return Environment(std::move(variables));
}

std::optional<std::string> Environment::get(std::string_view name) const {
  const auto found = variables_.find(name);
  if (found == variables_.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

std::optional<std::filesystem::path> Environment::folder(std::string_view name) const {
  const auto value = get(name);
  if (!value || !std::filesystem::path(*value).is_absolute()) return std::nullopt;
  return *value;
}

std::optional<std::filesystem::path> Environment::pes_folder(
    std::string_view xdg, const std::filesystem::path& otherwise) const {
  if (const auto given = folder(xdg)) return *given / "pes";
  if (const auto home = folder("HOME")) return *home / otherwise / "pes";
  return std::nullopt;
}

}  // namespace pes::cmd
