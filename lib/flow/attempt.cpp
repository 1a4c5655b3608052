#include "flow/attempt.hpp"

#include "pes/time.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::flow {

void open_attempt(InHand& hand, const User& user, Action action, Attempt attempt) {
  Change change;
  change.attempt = attempt;
  std::string message = fill("Intention d'envoi : SHA-256 {1}", {attempt.sha256});
  if (attempt.kind == Attempt::Kind::tdt_import) {
    message += fill(", SHA-1 {1}, NomFic {2}, CodCol {3}",
                    {attempt.sha1, attempt.nom_fic, attempt.cod_col});
  } else {
    message += fill(", transfert {1}", {attempt.transfert_id});
  }
  hand.record({.user = user,
               .action = std::string(id(action)),
               .message = message,
               .change = change,
               .attempt = attempt.id});
}

std::string attempt_id(const InHand& hand) {
  std::string when = iso8601(hand.services().clock.now());
  std::erase_if(when, [](char c) { return c == '-' || c == ':'; });
  return hand.dossier().id_d.text() + "-" + when;
}

Change closing(const InHand& hand, Action state) {
  Change change;
  change.row = state;
  change.attempt = std::optional<Attempt>();
  change.job = next_job(state, hand.services().clock.now());
  return change;
}

void record_nothing_sent(InHand& hand, const User& user, Action action, const Error& error) {
  Change change;
  change.attempt = std::optional<Attempt>();
  const std::string attempt = hand.dossier().attempt->id;
  hand.record({.type = EventType::failed_attempt,
               .user = user,
               .action = std::string(id(action)),
               .message = error.message(),
               .change = change,
               .attempt = attempt,
               .reason = std::string(id(error.code()))});
}

std::chrono::seconds at_least(std::chrono::seconds pause,
                              const std::optional<std::chrono::seconds>& retry_after) {
  return std::max(pause, retry_after.value_or(std::chrono::seconds(0)));
}

void fate_unknown(InHand& hand, const User& user, const LostAnswer& lost) {
  Attempt attempt = *hand.dossier().attempt;
  const std::string message = fill("Envoi au sort inconnu ({1}) : {2}", {attempt.id, lost.reason});
  attempt.unknown = true;
  const Instant now = hand.services().clock.now();
  Job job = hand.dossier().job.value_or(Job{});
  job.etat_cible = lost.action;
  job.is_lock = !lost.ask_after;
  job.last_message = message;
  job.reason = id(ErrorCode::fate_unknown);
  if (!job.first_try) job.first_try = now;
  job.last_try = now;
  job.next_try = now + lost.ask_after.value_or(std::chrono::seconds(0));
  ++job.failures;
  ++job.nb_try;
  Change change;
  change.attempt = attempt;
  change.job = job;
  hand.record({.type = EventType::failed_attempt,
               .user = user,
               .action = std::string(id(lost.action)),
               .message = message,
               .change = change,
               .attempt = attempt.id,
               .reason = std::string(id(ErrorCode::fate_unknown))});
  throw Error(ErrorCode::fate_unknown,
              say("dossier {1} was sent, and nobody knows yet whether it was accepted: {2}",
                  {hand.dossier().id_d.text(), lost.reason}),
              lost.hint);
}

}  // namespace pes::flow
