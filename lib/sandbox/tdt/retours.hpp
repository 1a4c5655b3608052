#pragma once

#include "sandbox/layout.hpp"
#include "sandbox/tdt/shapes.hpp"

#include <optional>
#include <string>
#include <vector>

/// The PES retours of the authority (tdt §9): files that were put in `tdt/retours/drop/`.
/// The sandbox has one authority, so all are its own.
namespace pes::sandbox::tdt {

/// Those that nobody marked as read; gives a number first to what was just dropped.
std::vector<RetourEntry> unread_retours(const Layout& layout);

struct Retour {
  std::string name;
  std::string bytes;
};
std::optional<Retour> find_retour(const Layout& layout, const std::string& id);

/// An unknown number is not told: the TdT does not look.
void mark_as_read(const Layout& layout, const std::string& id);

}  // namespace pes::sandbox::tdt
