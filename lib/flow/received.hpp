#pragma once

#include "flow/in_hand.hpp"

#include <string>
#include <string_view>

namespace pes::flow {

/// Keeps what a service sent, byte for byte, under this field. Anything else that came under it
/// before stays beside.
void receive(InHand& hand, Change& change, std::string_view field, const std::string& name,
             const std::string& bytes);

/// Frees the field for what comes next; what is there stays beside, under `field::earlier`.
void set_aside(const Dossier& dossier, Change& change, std::string_view field);

}  // namespace pes::flow
