#pragma once

#include "flow/in_hand.hpp"

namespace pes::flow {

/// Keeps an acquit under `field`, named after the flow, beside what came there before.
void receive_acquit(InHand& hand, Change& change, std::string_view field,
                    const port::Tdt::Acquit& acquit);

/// The acquit and what it says, as a change of the dossier. Whatever was received is kept as it
/// came, even what cannot be read, and an acquit that was there stays beside the new one.
Change kept_acquit(InHand& hand, const port::Tdt::Acquit& acquit);

/// To be called once the change is recorded.
void warn_of_refusal(const InHand& hand);

}  // namespace pes::flow
