#pragma once

#include "sandbox/layout.hpp"

#include <string>

namespace pes::sandbox {

inline constexpr const char* agent_login = "agent-test";
inline constexpr const char* archivist_login = "archiviste-test";
inline constexpr const char* sae_login = "versant-test";

/// The content of one of the files of `identities/`.
std::string read_identity(const Layout& layout, std::string_view name);

}  // namespace pes::sandbox
