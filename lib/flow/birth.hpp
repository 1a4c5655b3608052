#pragma once

#include "flow/in_hand.hpp"
#include "pes/entity.hpp"

#include <optional>
#include <string>

namespace pes::flow {

/// The entity that a new dossier is for. Throws entity_unknown, and state_forbids for one that is
/// not active.
const Entity& open_entity(const Settings& settings, const std::string& id_e);

/// What a dossier is given when it is made.
struct Birth {
  std::optional<std::string> objet;
  std::optional<StoredFile> flow;
  std::optional<bool> envoi_sae;  // otherwise as the configuration says
  std::string depot_sha256;       // empty: it was not deposited
};
/// A row « Créé », then, when there is anything to save, « En cours de rédaction ».
void record_birth(InHand& hand, const Birth& birth);

}  // namespace pes::flow
