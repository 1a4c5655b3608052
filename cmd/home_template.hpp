#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes::cmd {

/// What a home with local partners needs to be told.
struct SandboxTemplate {
  std::string scenario;
  std::filesystem::path signing_key, signing_password;  // relative to the home
};

/// What a new home is configured with.
struct HomeTemplate {
  std::string store;                  // address of a database; empty: its own folder
  std::string user;                   // empty: the login name
  std::vector<std::string> entities;  // each the child of the one before
  std::optional<SandboxTemplate> sandbox;
};

/// `zTest_Megalis/test`: an entity and its child.
std::vector<std::string> entity_chain(std::string_view path);

/// The text of pes.toml, commented in the reader's language. What is not known stands there
/// as a comment to be filled in. Throws usage for a name that the format cannot hold.
std::string configuration_text(const HomeTemplate& home);

}  // namespace pes::cmd
