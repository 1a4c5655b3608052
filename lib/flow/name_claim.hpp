#pragma once

#include "flow/in_hand.hpp"

#include <optional>

namespace pes::flow {

/// Claims the attempt's name for this dossier, until the attempt is closed: while one sending of a
/// name is undecided, no other of that name may leave (tdt §11). The dossier that has it when it
/// is another.
std::optional<DossierId> claimed_by_another(InHand& hand, const Attempt& attempt);

}  // namespace pes::flow
