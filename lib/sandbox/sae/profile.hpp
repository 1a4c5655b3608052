#pragma once

#include <filesystem>
#include <string_view>

namespace pes::sandbox::sae {

/// Whether a bordereau follows an archival profile, a RELAX NG schema (sae §9). Throws
/// config_invalid when the schema cannot be loaded.
bool follows_profile(std::string_view bordereau, const std::filesystem::path& profile);

}  // namespace pes::sandbox::sae
