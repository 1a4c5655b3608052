#pragma once

#include "pes/trust.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pes::cmd {

class Session;

/// Whom the command line says to trust.
struct TrustOptions {
  std::vector<std::string> authorities;
  std::vector<std::string> crls;
  bool online = false;
};

/// Where `pes trust import` keeps lists, in a home.
std::filesystem::path trusted_list_folder(const std::filesystem::path& home);

/// The authorities of the command line, or else those of the configuration, and in both cases the
/// lists of the home; nothing when there is none of these. Downloads are kept in the home, where
/// later runs find them. Throws as TrustStore does.
std::optional<TrustStore> trust_store(const TrustOptions& options, Session& session);

}  // namespace pes::cmd
