#pragma once

#include "pes/flow.hpp"
#include "session.hpp"

#include <functional>

namespace pes::cmd {

using FlowAct = std::function<flow::Outcome(flow::Services&)>;

/// Calls `act` with ports that read the real dossiers and journal and write nothing: the
/// flow decides the same, and what it returns is what would be. No file content is built.
flow::Outcome rehearsed(Session& session, const FlowAct& act);

/// For real, or rehearsed under --dry-run.
flow::Outcome rehearsed_or_done(Session& session, const FlowAct& act);

}  // namespace pes::cmd
