#pragma once

#include "flow/in_hand.hpp"

namespace pes::flow {

/// True when a person may let the automatic action go on as it is: nobody has to tell first what
/// became of a sending.
bool is_held_back(const Dossier& dossier);

/// Now; while a sending is of unknown fate, not before the service can tell what became of it.
Instant soonest_try(const Dossier& dossier, Instant now);

/// Lets it go on, as soon as it may.
void let_go_on(InHand& hand);

}  // namespace pes::flow
