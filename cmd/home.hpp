#pragma once

#include "environment.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace pes::cmd {

/// The project's configuration, in the home.
inline constexpr const char* project_file_name = "pes.toml";
/// What `create_home` leaves in every home.
inline constexpr const char* home_mark_name = "home.json";

/// True where dossiers live, or where a configuration says that they will.
bool is_home(const std::filesystem::path& folder);

/// Where the dossiers live: the option, PES_HOME, the nearest enclosing folder that is a
/// home, the user's data folder. Nothing when no home is there at all; what is named
/// outright is returned even when it is no home yet.
std::optional<std::filesystem::path> find_home(const std::optional<std::filesystem::path>& option,
                                               const Environment& environment,
                                               const std::filesystem::path& current);

}  // namespace pes::cmd
