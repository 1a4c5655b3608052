#include "flow/attachment.hpp"
#include "flow/birth.hpp"
#include "flow/in_hand.hpp"
#include "pes/dossier_type.hpp"
#include "support/text.hpp"

namespace pes::flow {

namespace {

/// A place under the wanted identifier, or under one that is free; Pastell draws five
/// times at most (workflow §4.5).
InHand take_place(Services& services, const Creation& creation, const std::string& id_e,
                  const std::string& type) {
  if (creation.id) return InHand::create(services, *creation.id, id_e, type);
  for (int draw = 0; draw < 5; ++draw) {
    try {
      return InHand::create(services, DossierId::draw(), id_e, type);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::state_forbids) throw;
    }
  }
  throw Error(ErrorCode::internal, "Impossible de trouver un numéro de transaction");
}

/// The dossier that a first run of the same command made, if any.
std::optional<Dossier> made_before(Services& services, const Creation& creation,
                                   const std::string& id_e, const std::string& type) {
  if (!creation.id) return std::nullopt;
  Dossier dossier;
  try {
    dossier = services.store.read(*creation.id);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::dossier_unknown) return std::nullopt;
    throw;
  }
  const StoredFile* first = dossier.file(field::fichier_original);
  if (first == nullptr) first = dossier.file(field::fichier_pes);
  const bool same_file = creation.file
                             ? first != nullptr && has_content(*first, creation.file->path)
                             : first == nullptr;
  const bool same_objet = !creation.objet || *creation.objet == dossier.value(field::objet);
  if (dossier.id_e == id_e && dossier.type == type && same_file && same_objet) return dossier;
  throw Error(ErrorCode::state_forbids,
              say("dossier {1} exists already, with another content", {creation.id->text()}),
              tr("choose another identifier, or leave --id out"));
}

}  // namespace

Outcome create(Services& services, const Creation& creation) {
  const DossierType& type = dossier_type(creation.type);
  const Entity& entity = open_entity(services.settings, creation.id_e);
  if (creation.objet) require_valid_objet(*creation.objet);
  if (const auto dossier = made_before(services, creation, entity.id_e, type.id)) {
    return {*dossier, false};
  }
  if (creation.file) require_attachable(services.settings, entity.id_e, *creation.file);

  InHand hand = take_place(services, creation, entity.id_e, type.id);
  Birth birth{.objet = creation.objet};
  if (creation.file) {
    birth.flow =
        hand.files().keep(field::fichier_pes, shown_name(creation.file->path, creation.file_name),
                          creation.file->path);
  }
  record_birth(hand, birth);
  return {hand.dossier(), true};
}

}  // namespace pes::flow
