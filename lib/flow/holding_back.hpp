#pragma once

#include "flow/in_hand.hpp"

namespace pes::flow {

/// True when a person may let the automatic action go on as it is: nobody has to tell first what
/// became of a sending.
bool is_held_back(const Dossier& dossier);

/// Lets it go on, now.
void let_go_on(InHand& hand);

}  // namespace pes::flow
