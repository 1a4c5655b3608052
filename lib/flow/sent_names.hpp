#pragma once

#include "pes/flow.hpp"

#include <optional>
#include <string>

namespace pes::flow {

/// The dossier that sent a flow of that name to the TdT of `id_e` before, as far as this home
/// knows; what the TdT took once it takes no more, even if Hélios refused it (tdt §7.1). Empty for
/// none, and for one whose flow the TdT itself refused, which may serve again.
/// @param itself the dossier that is about to be sent, if there is one yet
std::string sender_of(const Services& services, const FlowName& name, const std::string& id_e,
                      const std::optional<DossierId>& itself);

}  // namespace pes::flow
