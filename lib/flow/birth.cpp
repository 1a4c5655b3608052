#include "flow/birth.hpp"

#include "support/text.hpp"

namespace pes::flow {

const Entity& open_entity(const Settings& settings, const std::string& id_e) {
  const Entity& entity = settings.entities().find(id_e);
  if (entity.is_active) return entity;
  throw Error(ErrorCode::state_forbids, say("entity {1} is not active", {entity.denomination}),
              tr("choose another entity: pes entities"));
}

void record_birth(InHand& hand, const Birth& birth) {
  const Services& services = hand.services();
  const bool by_default = services.settings.boolean("route.envoi_sae", hand.dossier().id_e);
  Change born;
  born.row = Action::creation;
  born.fields.emplace(field::envoi_tdt_helios, "1");
  born.fields.emplace(field::envoi_sae, birth.envoi_sae.value_or(by_default) ? "1" : "0");
  // All that was given is in the first state: a crash before the second leaves a dossier that
  // the same command finds again.
  if (!birth.depot_sha256.empty()) born.fields.emplace(field::depot_sha256, birth.depot_sha256);
  if (birth.objet) born.fields.emplace(field::objet, *birth.objet);
  if (birth.flow) born.files.emplace(field::fichier_pes, *birth.flow);
  hand.record({.user = services.user,
               .action = std::string(id(Action::creation)),
               .message = "Création du document",
               .change = born});
  if (!birth.objet && !birth.flow) return;
  Change saved;
  saved.row = Action::modification;
  hand.record({.user = services.user,
               .action = std::string(id(Action::modification)),
               .message = "Modification du document",
               .change = saved});
}

}  // namespace pes::flow
