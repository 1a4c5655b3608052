#pragma once

#include <filesystem>
#include <optional>
#include <string>

/// The layout of a home (pes-state(5)). `create_home` of pes/adapters.hpp makes it.
namespace pes::record {

std::filesystem::path dossiers_folder(const std::filesystem::path& home);
std::filesystem::path retours_folder(const std::filesystem::path& home);
std::filesystem::path journal_folder(const std::filesystem::path& home);
std::filesystem::path index_folder(const std::filesystem::path& home);
std::filesystem::path journal_file(const std::filesystem::path& home);

/// Throws home_unknown where there is no home, state_damaged and state_newer when its
/// marker says something else than this version knows.
void require_home(const std::filesystem::path& home);

/// The file `moved.json`: the place where a home lives instead; nothing when it lives here.
std::optional<std::string> moved_to(const std::filesystem::path& home);
void set_moved_to(const std::filesystem::path& home, const std::optional<std::string>& place);

}  // namespace pes::record
