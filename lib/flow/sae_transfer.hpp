#pragma once

#include "flow/steps.hpp"

#include <string>

namespace pes::flow {

/// What names a transfer to the SAE: the agency and the identifier (sae §2.2).
std::string transferring_agency(const InHand& hand);
std::string transfer_id(const InHand& hand);

enum class Sip { keep, drop };

/// « Erreur lors de l'envoi au SAE »: only a person leaves it. A SIP that never arrived
/// will be sent again as it is; one that was refused must be built anew.
StepResult record_error(InHand& hand, const User& user, const std::string& message,
                        ErrorCode reason, Sip sip);

}  // namespace pes::flow
