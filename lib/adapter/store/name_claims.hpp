#pragma once

#include "pes/dossier.hpp"
#include "pes/ids.hpp"

#include <filesystem>
#include <optional>

namespace pes::store {

/// Which dossier has which flow's name: links in `dossiers/.names/`, each from a digest of a name
/// to an identifier. A link is made whole or not at all, and holds no content to be synced.
class NameClaims {
 public:
  explicit NameClaims(const std::filesystem::path& dossiers);

  /// As port::Store.
  std::optional<DossierId> claim(const FlowName& name, const DossierId& id,
                                 const std::optional<DossierId>& instead_of) const;
  void let_go(const FlowName& name, const DossierId& id) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace pes::store
