#pragma once

#include "flow/in_hand.hpp"

namespace pes::flow {

/// Builds what is deposited: the proof bundle, the archive with exactly the files that the
/// bordereau SEDA names, and the bordereau, validated when `schemas.seda` is set. Nothing
/// of the dossier is changed; the files are kept, unnamed, until the change is recorded.
/// @param tdt_name for the comment of the transfer
/// Throws config_missing, input_invalid (bordereau refused by the schema), io_failed.
Change build_sip(InHand& hand, const std::string& tdt_name);

}  // namespace pes::flow
