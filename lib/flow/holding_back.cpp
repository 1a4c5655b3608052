#include "flow/holding_back.hpp"

#include "flow/steps.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::flow {

namespace {

Job released(Job job, Instant next_try) {
  job.is_lock = false;
  job.next_try = next_try;
  job.nb_try = 0;
  job.failures = 0;
  job.reason.clear();
  job.last_message.clear();
  return job;
}

void require_job(const Dossier& dossier) {
  if (dossier.job) return;
  throw Error(ErrorCode::state_forbids,
              say("no automatic action waits for dossier {1}", {dossier.id_d.text()}),
              say("see where it stands: pes status {1}", {dossier.id_d.text()}));
}

std::string words_of(const User& user, std::string_view why) {
  const std::string words = fill("Suspendu par {1}", {user.name});
  return why.empty() ? words : fill("{1} : {2}", {words, why});
}

}  // namespace

Instant soonest_try(const Dossier& dossier, Instant now) {
  const bool is_settling = dossier.attempt && dossier.job;
  return is_settling ? std::max(now, dossier.job->next_try) : now;
}

bool is_held_back(const Dossier& dossier) {
  if (!dossier.job || !dossier.job->is_lock) return false;
  return !dossier.attempt || is_held_back_by_person(*dossier.job);
}

void let_go_on(InHand& hand) {
  const Services& services = hand.services();
  const Job job = *hand.dossier().job;
  // What an acquit held back goes on without it: that is what the person decides.
  if (hand.dossier().state() == Action::info_tdt && !is_held_back_by_person(job)) {
    orient(hand, services.user, RequireAck::no);
    return;
  }
  Change change;
  change.job = released(job, soonest_try(hand.dossier(), services.clock.now()));
  hand.record({.user = services.user,
               .action = std::string(id(job.etat_cible)),
               .message = fill("Reprise de l'action « {1} »", {button(job.etat_cible)}),
               .change = change});
}

Outcome suspend(Services& services, const DossierId& id, std::string_view why) {
  InHand hand(services, id);
  require_job(hand.dossier());
  Job job = *hand.dossier().job;
  if (job.is_lock) return {hand.dossier(), false};
  job.is_lock = true;
  job.reason = held_back_by_person;
  job.last_message = words_of(services.user, why);
  Change change;
  change.job = job;
  hand.record(
      {.user = services.user,
       .action = std::string(pes::id(job.etat_cible)),
       .message = fill("Action « {1} » suspendue. {2}", {button(job.etat_cible), job.last_message}),
       .change = change});
  return {hand.dossier(), true};
}

Outcome resume(Services& services, const DossierId& id) {
  InHand hand(services, id);
  require_job(hand.dossier());
  if (!hand.dossier().job->is_lock) return {hand.dossier(), false};
  if (!is_held_back(hand.dossier())) {
    throw Error(ErrorCode::state_forbids,
                say("nobody knows yet what became of the sending of dossier {1}", {id.text()}),
                say("see what has to be told: pes status {1}", {id.text()}));
  }
  let_go_on(hand);
  return {hand.dossier(), true};
}

}  // namespace pes::flow
