#pragma once

#include "dry_run.hpp"
#include "session.hpp"

#include <string>
#include <vector>

namespace pes::cmd {

/// Asks once for a whole batch, naming number and entities, before what cannot be taken
/// back. Dossiers of which a rehearsal says that nothing would change, or that it would
/// fail, do not count; with none left nothing is asked. Throws as ui::confirm.
/// @param effect "send to the TdT"
void confirm_batch(Session& session, const std::vector<std::string>& items, const char* effect,
                   const std::function<flow::Outcome(flow::Services&, const DossierId&)>& act);

}  // namespace pes::cmd
