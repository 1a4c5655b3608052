#include "flow/steps.hpp"
#include "support/spread.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <utility>

namespace pes::flow {

namespace {

/// 30 s, then twice as long each time, one hour at most, and a little more at random; never sooner
/// than the service asks.
std::chrono::seconds backoff(const Services& services, int failures, const Error& error) {
  constexpr std::chrono::seconds first{30};
  constexpr std::chrono::seconds longest{3600};
  const auto ours = std::min<std::chrono::seconds>(first * (1LL << std::min(failures, 7)), longest);
  return spread(std::max(ours, error.retry_after().value_or(std::chrono::seconds(0))),
                services.chance());
}

StepResult perform(InHand& hand, const Partners& partners, const Job& job) {
  const std::string& id_e = hand.dossier().id_e;
  const User& user = job.user;
  switch (job.etat_cible) {
    case Action::orientation:
      return orient(hand, user, RequireAck::yes);
    case Action::helios_extraction:
      return extract(hand, user);
    case Action::pre_send_tdt:
      return announce(hand, user, Action::pre_send_tdt);
    case Action::send_tdt:
      return send_to_tdt(hand, user, partners.tdt(id_e));
    case Action::verif_tdt:
      return ask_tdt(hand, user, partners.tdt(id_e));
    case Action::send_archive:
      return deposit_in_sae(hand, user, partners);
    case Action::verif_sae:
      return ask_sae_for_ar(hand, user, partners.sae(id_e));
    case Action::validation_sae:
      return ask_sae_for_reply(hand, user, partners.sae(id_e));
    default:
      throw Error(ErrorCode::internal, say("« {1} » is no automatic action", {id(job.etat_cible)}));
  }
}

/// A failed attempt is an event with its reason, and the job comes back later.
void record_failure(InHand& hand, const Job& job, const Error& error) {
  const Instant now = hand.services().clock.now();
  Job again = job;
  again.last_message = error.message();
  if (!again.first_try) again.first_try = now;
  again.last_try = now;
  again.next_try = now + backoff(hand.services(), again.failures, error);
  again.reason = id(error.code());
  ++again.failures;
  ++again.nb_try;
  Change change;
  change.job = again;
  hand.record({.type = EventType::failed_attempt,
               .user = job.user,
               .action = std::string(id(job.etat_cible)),
               .message = error.message(),
               .change = change,
               .reason = std::string(id(error.code()))});
}

/// Throws what prevents it; of one and the same cause, the words of what was under way.
void note_failure(InHand& hand, const Job& job, const Error& error) {
  try {
    record_failure(hand, job, error);
  } catch (const Error& unnoted) {
    if (unnoted.code() == error.code()) throw Error(error);
    throw;
  }
}

/// True when the step itself has journaled the failure and decided of the job, or when what
/// it journaled could not be saved.
bool is_settled(const InHand& hand, const Job& before, const Error& error) {
  if (!hand.is_saved()) return true;
  // Whoever runs the tool stopped it: the service failed at nothing.
  if (error.code() == ErrorCode::cancelled) return true;
  return hand.dossier().job != before;
}

/// The service can be asked what became of a request, in a while.
bool will_be_settled(const Step& step) {
  return step.error && step.error->code() == ErrorCode::fate_unknown && step.dossier.job &&
         !step.dossier.job->is_lock;
}

}  // namespace

Step advance(Services& services, const Partners& partners, const DossierId& id) {
  InHand hand(services, id);
  const std::optional<Job> job = hand.dossier().job;
  if (!job || job->is_lock) return {.result = Step::Result::resting, .dossier = hand.dossier()};
  if (job->next_try > services.clock.now()) {
    return {.result = Step::Result::unchanged, .dossier = hand.dossier()};
  }
  Step step{.action = job->etat_cible};
  try {
    const StepResult result = perform(hand, partners, *job);
    const bool held_back = hand.dossier().job && hand.dossier().job->is_lock;
    step.result = result == StepResult::moved ? Step::Result::moved
                  : held_back                 ? Step::Result::resting
                                              : Step::Result::unchanged;
  } catch (const Error& error) {
    if (!is_settled(hand, *job, error)) note_failure(hand, *job, error);
    step.result = Step::Result::failed;
    step.error = error;
  }
  step.dossier = hand.dossier();
  return step;
}

Step advance_as_due(Services& services, const Partners& partners, const DossierId& id,
                    const std::function<void(const Step&)>& each) {
  while (true) {
    Step step = advance(services, partners, id);
    if (each) each(step);
    if (step.result != Step::Result::moved || services.clock.is_over()) return step;
  }
}

Step advance_until_rest(Services& services, const Partners& partners, const DossierId& id,
                        Instant deadline) {
  while (true) {
    Step step = advance_as_due(services, partners, id);
    const bool comes_back = step.result == Step::Result::unchanged || will_be_settled(step);
    if (!comes_back || !step.dossier.job) return step;
    const Instant next = step.dossier.job->next_try;
    if (next > deadline) return step;
    services.clock.wait_until(next);
    if (services.clock.is_over()) return step;
  }
}

}  // namespace pes::flow
