#include "flow/sae_transfer.hpp"

#include "flow/attempt.hpp"

namespace pes::flow {

std::string transferring_agency(const InHand& hand) {
  return hand.services().settings.text("sae.transferring_agency", hand.dossier().id_e);
}

std::string transfer_id(const InHand& hand) {
  return std::string(hand.dossier().value(field::sae_transfert_id));
}

StepResult record_error(InHand& hand, const User& user, const std::string& message,
                        ErrorCode reason, Sip sip) {
  const std::string attempt = hand.dossier().attempt ? hand.dossier().attempt->id : "";
  Change change = closing(hand, Action::erreur_envoie_sae);
  if (sip == Sip::drop) {
    change.files.emplace(field::sae_bordereau, std::nullopt);
    change.files.emplace(field::sae_archive, std::nullopt);
  }
  hand.record({.user = user,
               .action = std::string(id(Action::erreur_envoie_sae)),
               .message = message,
               .change = change,
               .attempt = attempt,
               .reason = std::string(id(reason))});
  notify(hand.services(), Notice::Kind::warning, hand.dossier().id_d, message);
  return StepResult::moved;
}

}  // namespace pes::flow
