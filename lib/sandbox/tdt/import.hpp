#pragma once

#include "sandbox/staging.hpp"
#include "sandbox/tdt/state.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace pes::sandbox::tdt {

/// Enters a flow that was received whole: gives it a number and makes it visible, at once
/// and durably. None when the very same bytes were received before (tdt §4.2, row 6).
/// @param received its folder, which holds `pes.xml`
/// @param state what is known of it, without its number
/// @param gap Platform::import_gap
std::optional<std::string> enter(const Layout& layout, Staging& received, State state,
                                 std::chrono::milliseconds gap);

}  // namespace pes::sandbox::tdt
