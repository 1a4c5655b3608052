#pragma once

#include "flow/in_hand.hpp"

namespace pes::flow {

/// The bytes of an acquit, kept as received and named after the flow.
StoredFile keep_bytes_of(InHand& hand, const port::Tdt::Acquit& acquit, std::string_view field);

/// The acquit and what it says, as a change of the dossier. Whatever was received is kept as it
/// came, even what cannot be read, and an acquit that was there stays beside the new one.
Change kept_acquit(InHand& hand, const port::Tdt::Acquit& acquit);

/// To be called once the change is recorded.
void warn_of_refusal(const InHand& hand);

}  // namespace pes::flow
