#pragma once

#include "pes/residence.hpp"

#include <filesystem>

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

/// The file `moved.json`, which is not there when the home lives here.
Residence residence(const std::filesystem::path& home);
void set_residence(const std::filesystem::path& home, const Residence& residence);

}  // namespace pes::record
