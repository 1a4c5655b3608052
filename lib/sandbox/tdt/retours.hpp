#pragma once

#include "sandbox/layout.hpp"
#include "sandbox/tdt/platform.hpp"
#include "sandbox/tdt/shapes.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// The PES retours (tdt §9): files that were put in `tdt/retours/drop/`. They are those of the
/// first authority, or of the one that sent flows of their IdColl when the platform looks at it.
namespace pes::sandbox::tdt {

/// Those of an authority that nobody marked as read; receives first what was just dropped.
std::vector<RetourEntry> unread_retours(const Layout& layout, const Platform& platform,
                                        int authority);

struct Retour {
  std::filesystem::path file;  // named as by the DGFiP; may be lost
  int authority = 0;
};
/// None when this number was given to no PES retour.
std::optional<Retour> find_retour(const Layout& layout, const std::string& id);

/// An unknown number is not told: the TdT does not look.
void mark_as_read(const Layout& layout, const std::string& id);

/// Remembers that an authority sent a flow of this IdColl.
void learn_siret(const Layout& layout, const std::string& id_coll, int authority);

}  // namespace pes::sandbox::tdt
