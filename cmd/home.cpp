#include "home.hpp"

namespace pes::cmd {

bool is_home(const std::filesystem::path& folder) {
  std::error_code unreadable;
  return std::filesystem::exists(folder / home_mark_name, unreadable) ||
         std::filesystem::exists(folder / project_file_name, unreadable);
}

std::optional<std::filesystem::path> find_home(const std::optional<std::filesystem::path>& option,
                                               const Environment& environment,
                                               const std::filesystem::path& current) {
  if (option) return option;
  if (const auto variable = environment.get("PES_HOME")) return *variable;

  for (std::filesystem::path folder = current;; folder = folder.parent_path()) {
    if (is_home(folder)) return folder;
    if (folder == folder.parent_path()) break;
  }

  auto data = environment.pes_folder("XDG_DATA_HOME", ".local/share");
  if (data && is_home(*data)) return data;
  return std::nullopt;
}

}  // namespace pes::cmd
