#pragma once

#include "flow/in_hand.hpp"

#include <optional>
#include <string>

namespace pes::flow {

/// The other dossier that has this transaction of the same TdT: no two may follow one.
std::optional<DossierId> other_with_transaction(const InHand& hand, const std::string& transaction);

}  // namespace pes::flow
