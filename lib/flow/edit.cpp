#include "flow/attachment.hpp"
#include "flow/in_hand.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::flow {

namespace {

Change wanted_change(InHand& hand, const Edition& edition) {
  const Dossier& dossier = hand.dossier();
  Change change;
  if (edition.objet && *edition.objet != dossier.value(field::objet)) {
    change.fields.emplace(field::objet, *edition.objet);
  }
  if (edition.envoi_sae) {
    const std::string value = *edition.envoi_sae ? "1" : "0";
    if (value != dossier.value(field::envoi_sae)) change.fields.emplace(field::envoi_sae, value);
  }
  const StoredFile* current = dossier.file(field::fichier_pes);
  const bool new_file =
      edition.file && (current == nullptr || !has_content(*current, edition.file->path));
  if (new_file) {
    change.files.emplace(
        field::fichier_pes,
        hand.files().keep(field::fichier_pes, shown_name(edition.file->path, edition.file_name),
                          edition.file->path));
  } else if (edition.detach_file && current != nullptr) {
    change.files.emplace(field::fichier_pes, std::nullopt);
  }
  // Another flow is not the one that was signed.
  if (!change.files.empty() && !dossier.value(field::signature).empty()) {
    change.fields.emplace(field::signature, std::nullopt);
    change.files.emplace(field::fichier_original, std::nullopt);
  }
  return change;
}

}  // namespace

Outcome edit(Services& services, const DossierId& id, const Edition& edition) {
  if (edition.objet) require_valid_objet(*edition.objet);
  InHand hand(services, id);
  require_possible(hand.dossier(), Action::modification);
  if (edition.file) {
    require_attachable(services.settings, hand.dossier().id_e, *edition.file);
  }
  Change change = wanted_change(hand, edition);
  if (change.fields.empty() && change.files.empty()) return {hand.dossier(), false};
  change.row = Action::modification;
  hand.record({.user = services.user,
               .action = std::string(pes::id(Action::modification)),
               .message = "Modification du document",
               .change = change});
  return {hand.dossier(), true};
}

void erase(Services& services, const DossierId& id) {
  InHand hand(services, id);
  require_possible(hand.dossier(), Action::supression);
  Change change;
  change.row = Action::supression;
  // The journal's word is spelled right, the action's identifier is not (workflow §2.5).
  hand.record({.user = services.user,
               .action = "suppression",
               .message = fill("Le document « {1} » ({2}) a été supprimé",
                               {hand.dossier().titre(), id.text()}),
               .change = change});
  hand.erase();
}

void record_reading(Services& services, const Dossier& dossier) {
  const std::string& reader = services.user.id_u;
  const bool has_acted = std::any_of(dossier.etats.begin(), dossier.etats.end(),
                                     [&](const Row& row) { return row.user.id_u == reader; });
  if (has_acted || dossier.readers.contains(reader)) return;
  InHand hand(services, dossier.id_d);
  hand.record({.type = EventType::consultation,
               .user = services.user,
               .action = "Consulté",
               .message = fill("{1} a consulté le dossier", {services.user.name})});
}

void record_consultation(Services& services, const Dossier& dossier, std::string_view file_name) {
  Event event;
  event.type = EventType::consultation;
  event.date = services.clock.now();
  event.id_e = dossier.id_e;
  event.user = services.user;
  event.id_d = dossier.id_d;
  event.document_type = dossier.type;
  event.titre = dossier.titre();
  event.action = "Consulté";
  event.message = fill("{1} a consulté le document {2}", {services.user.name, file_name});
  services.journal.append(event);
}

}  // namespace pes::flow
