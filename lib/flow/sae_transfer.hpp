#pragma once

#include "flow/in_hand.hpp"

#include <string>

namespace pes::flow {

/// What names a transfer to the SAE (sae §2.2).
struct Transfer {
  std::string agency;
  std::string id;
};

/// That of the dossier's SIP. Its agency is the one that the bordereau names: the settings may have
/// been corrected since it left. Throws state_damaged, input_invalid.
Transfer transfer_of(const InHand& hand);

}  // namespace pes::flow
