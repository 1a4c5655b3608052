#include "flow/steps.hpp"
#include "support/text.hpp"

namespace pes::flow {

namespace {

bool wants(const Dossier& dossier, std::string_view step) { return dossier.value(step) == "1"; }

/// The first checked step of the route after the one just finished.
Action next_state(const Dossier& dossier) {
  const Action archiving =
      wants(dossier, field::envoi_sae) ? Action::preparation_send_sae : Action::termine;
  switch (dossier.state()) {
    case Action::creation:
    case Action::modification:
    case Action::importation:
    case Action::libersign_suivant:
      return wants(dossier, field::envoi_tdt_helios) ? Action::helios_pre_extraction : archiving;
    case Action::info_tdt:
      return archiving;
    case Action::accepter_sae:
      return Action::termine;
    default:
      return Action::fatal_error;
  }
}

bool acquit_holds_back(const InHand& hand) {
  const Dossier& dossier = hand.dossier();
  return dossier.state() == Action::info_tdt && wants(dossier, field::envoi_sae) &&
         dossier.value(field::pes_etat_ack) != "1" &&
         hand.services().settings.boolean("sae.require_ack", dossier.id_e);
}

/// Rests in info-tdt until a person presses « Envoyer le document ».
StepResult hold_back(InHand& hand, const User& user) {
  Job job = *next_job(Action::info_tdt, hand.services().clock.now());
  job.is_lock = true;
  job.last_message = "Archivage suspendu : l'acquittement n'est pas OK (sae.require_ack)";
  Change change;
  change.job = job;
  hand.record({.type = EventType::failed_attempt,
               .user = user,
               .action = std::string(id(Action::orientation)),
               .message = job.last_message,
               .change = change});
  return StepResult::nothing_new;
}

}  // namespace

StepResult orient(InHand& hand, const User& user, RequireAck require_ack) {
  if (require_ack == RequireAck::yes && acquit_holds_back(hand)) return hold_back(hand, user);
  const Action state = next_state(hand.dossier());
  Change change;
  change.row = state;
  change.job = next_job(state, hand.services().clock.now());
  hand.record({.user = user,
               .action = std::string(id(state)),
               .message = state == Action::fatal_error
                              ? fill("Impossible de sélectionner l'action suivante de {1}",
                                     {id(hand.dossier().state())})
                              : "sélection automatique de l'action suivante",
               .change = change});
  return StepResult::moved;
}

StepResult announce(InHand& hand, const User& user, Action state) {
  Change change;
  change.row = state;
  change.job = next_job(state, hand.services().clock.now());
  hand.record({.user = user,
               .action = std::string(id(state)),
               .message = fill("L'action {1} a été executée sur le document", {label(state)}),
               .change = change});
  return StepResult::moved;
}

void require_open(InHand& hand, const std::optional<Error>& interruption) {
  if (!interruption) return;
  Job job = *hand.dossier().job;
  job.next_try = hand.services().clock.now() + interruption->retry_after().value();
  job.last_message = interruption->message();
  job.reason = id(interruption->code());
  hand.plan(job);
  throw Error(*interruption);
}

StepResult wait_longer(InHand& hand, const User& user, const std::string& words,
                       std::chrono::seconds pause, Notice::Kind kind, std::string_view reason) {
  const Instant now = hand.services().clock.now();
  Job job = *hand.dossier().job;
  const bool said_before = job.last_message == words;
  ++job.nb_try;
  if (!job.first_try) job.first_try = now;
  job.last_try = now;
  job.next_try = now + pause;
  job.last_message = words;
  job.failures = 0;
  job.reason = reason;
  if (said_before) {
    hand.plan(job);
    return StepResult::nothing_new;
  }
  Change change;
  change.job = job;
  hand.record({.user = user,
               .action = std::string(id(job.etat_cible)),
               .message = words,
               .change = change});
  notify(hand.services(), kind, hand.dossier().id_d, words);
  return StepResult::nothing_new;
}

}  // namespace pes::flow
