#pragma once

#include "sandbox/layout.hpp"
#include "sandbox/tdt/platform.hpp"
#include "sandbox/tdt/state.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pes::sandbox::tdt {

enum class Step {
  none,       // nothing to do for this transaction, or no such transaction
  validated,  // 1 → 2 or -1
  sent,       // 2 → 3, 24 or -1
  answered,   // 3 → 8 or -1
};

/// Moves a transaction by one step of the workers.
Step advance(const Layout& layout, const std::string& id);

/// The controls of the validation worker, in their order (tdt §7, rows 1 to 13): fills
/// nom_fic, cod_col and the scenario, and returns the entry to add.
Entry validate(const Layout& layout, State& state);

/// Those of the sending worker (rows 14 to 22). None when the flow has to wait: the window is
/// full, or the DGFiP cannot be reached.
std::optional<Entry> send(const Layout& layout, const State& state);

/// Added to the messages about a flow that leaves by Passtrans.
std::string_view queue_mark(const Platform& platform);

}  // namespace pes::sandbox::tdt
