#include "flow/attempt.hpp"
#include "flow/received.hpp"
#include "flow/sae_transfer.hpp"
#include "flow/sip.hpp"
#include "flow/steps.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::flow {

namespace {

enum class Sip { keep, drop };

/// « Erreur lors de l'envoi au SAE »: only a person leaves it. A SIP that never arrived
/// will be sent again as it is; one that was refused must be built anew.
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

/// @param answer what the SAE said of the deposit; empty when nothing came
StepResult record_deposited(InHand& hand, const User& user, const std::string& answer) {
  const std::string attempt = hand.dossier().attempt->id;
  const std::string sentence = "Le document a été envoyé au SAE";
  hand.record({.user = user,
               .action = std::string(id(Action::send_archive)),
               .message = answer.empty() ? sentence
                                         : fill("{1} ; réponse au dépôt : {2}", {sentence, answer}),
               .change = closing(hand, Action::send_archive),
               .attempt = attempt});
  return StepResult::moved;
}

std::string failed(std::string_view why) {
  return fill("L'envoi du bordereau a échoué : {1}", {why});
}

/// Journals it, and throws. Asked sooner than the settling time, the SAE could still be at work on
/// what it was sent, and know nothing of it.
[[noreturn]] void lost_answer(InHand& hand, const User& user, const port::Sae& sae,
                              const port::SaeUnknown& unknown) {
  const auto pause = std::max(sae.settling_time(), sae.pause(hand.dossier().job->nb_try));
  fate_unknown(hand, user,
               {.action = Action::send_archive,
                .reason = unknown.reason,
                .ask_after = at_least(pause, unknown.retry_after),
                .hint = say("the SAE will be asked for its AR at the next: pes run (dossier {1})",
                            {hand.dossier().id_d.text()})});
}

bool knows(port::Sae& sae, const Transfer& transfer) {
  const port::SaeAnswer answer = sae.acknowledgement(transfer.agency, transfer.id);
  return !std::holds_alternative<port::SaeNoTransfer>(answer);
}

enum class Fate { deposited, absent };

/// The AR tells what became of a deposit whose answer was lost (sae §11), or refuses it.
Fate ask_fate(InHand& hand, const User& user, port::Sae& sae, const std::string& reason) {
  const Transfer transfer = transfer_of(hand);
  try {
    return knows(sae, transfer) ? Fate::deposited : Fate::absent;
  } catch (const Error& error) {
    lost_answer(
        hand, user, sae,
        {reason.empty() ? error.message() : reason + " ; " + error.message(), error.retry_after()});
  }
}

/// A SIP to be sent, again or for the first time. That of an open attempt may have arrived: no
/// other takes its place.
bool has_sip(const Dossier& dossier) {
  const bool is_rejected = dossier.state() == Action::rejet_sae && !dossier.attempt &&
                           dossier.file(field::reply_sae) != nullptr;
  return dossier.file(field::sae_bordereau) != nullptr &&
         dossier.file(field::sae_archive) != nullptr && !is_rejected;
}

void open_deposit(InHand& hand, const User& user) {
  Attempt attempt;
  attempt.id = attempt_id(hand);
  attempt.kind = Attempt::Kind::sae_deposit;
  attempt.started = hand.services().clock.now();
  attempt.sha256 = hand.dossier().file(field::sae_archive)->sha256;
  attempt.transfert_id = hand.dossier().value(field::sae_transfert_id);
  open_attempt(hand, user, Action::send_archive, attempt);
}

/// « Versé au SAE »: the SAE said that it has taken the transfer.
bool is_taken(const Dossier& dossier) { return dossier.state() == Action::send_archive; }

/// The AR of what was taken is waited for again.
std::optional<Job> waiting_for_ar(const InHand& hand, std::chrono::seconds pause) {
  std::optional<Job> job = next_job(Action::send_archive, hand.services().clock.now());
  job->next_try += pause;
  return job;
}

/// The SAE found a transfer that it had lost.
StepResult record_found(InHand& hand, const User& user) {
  Change change;
  change.job = waiting_for_ar(hand, std::chrono::seconds(0));
  hand.record({.user = user,
               .action = std::string(id(Action::send_archive)),
               .message = "Le SAE connaît ce transfert : il n'est pas versé de nouveau",
               .change = change});
  return StepResult::moved;
}

/// A SIP that was taken once is never given up, so that no other is built beside it: journals that
/// the SAE did not take it again, and throws.
[[noreturn]] void leave_taken(InHand& hand, const User& user, const port::Sae& sae,
                              const Error& error) {
  Change change;
  change.attempt = std::optional<Attempt>();
  change.job = waiting_for_ar(hand, sae.pause(1));
  (*change.job)->last_message = error.message();
  const std::string attempt = hand.dossier().attempt->id;
  hand.record({.type = EventType::failed_attempt,
               .user = user,
               .action = std::string(id(Action::send_archive)),
               .message = error.message(),
               .change = change,
               .attempt = attempt,
               .reason = std::string(id(error.code()))});
  throw error;
}

StepResult deposit(InHand& hand, const User& user, port::Sae& sae) {
  port::SaeDeposit outcome;
  try {
    outcome = sae.deposit(hand.path(field::sae_bordereau), hand.path(field::sae_archive),
                          hand.dossier().file(field::sae_archive)->name);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::cancelled) {
      // A person interrupted: the state stays, and so does the SIP.
      record_nothing_sent(hand, user, Action::send_archive, error);
      throw;
    }
    if (is_taken(hand.dossier())) leave_taken(hand, user, sae, error);
    return record_error(hand, user, failed(error.message()), error.code(), Sip::keep);
  }
  if (const auto* deposited = std::get_if<port::SaeDeposited>(&outcome)) {
    return record_deposited(hand, user, deposited->answer);
  }
  if (const auto* unknown = std::get_if<port::SaeUnknown>(&outcome)) {
    if (ask_fate(hand, user, sae, unknown->reason) == Fate::absent) {
      lost_answer(hand, user, sae, *unknown);
    }
    return record_deposited(hand, user, unknown->reason);
  }
  const std::string& refusal = std::get<port::SaeRefused>(outcome).message;
  // An earlier deposit may have arrived, and this one be refused as its double; or the SAE did its
  // work, and failed to say so.
  if (ask_fate(hand, user, sae, refusal) == Fate::deposited) {
    return record_deposited(hand, user, refusal);
  }
  if (is_taken(hand.dossier())) {
    leave_taken(hand, user, sae,
                Error(ErrorCode::service_refused, failed(refusal),
                      tr("ask the archives what became of this transfer")));
  }
  return record_error(hand, user, failed(refusal), ErrorCode::service_refused, Sip::drop);
}

/// The journal that goes into the archive goes with its time stamps: an archive is for ever, and an
/// authority that is down comes back.
void require_stamped(InHand& hand, const Partners& partners) {
  Services& services = hand.services();
  if (!partners.tsa || !services.settings.boolean("sae.journal", hand.dossier().id_e)) return;
  const StampReport report = stamp_events(services, partners.tsa());
  if (report.error) throw Error(*report.error);
}

/// What was answered to the SIP before says nothing of the next one.
void forget_answers(const Dossier& dossier, Change& sip) {
  set_aside(dossier, sip, field::ar_sae);
  set_aside(dossier, sip, field::reply_sae);
  sip.fields.emplace(field::sae_ack_comment, std::nullopt);
  sip.fields.emplace(field::sae_atr_comment, std::nullopt);
}

/// The SIP of a dossier that has none to send again. What a person must mend becomes the
/// error state; the rest is thrown, and retried.
StepResult prepare_sip(InHand& hand, const User& user, const Partners& partners) {
  require_stamped(hand, partners);
  try {
    Change sip = build_sip(hand, partners.tdt(hand.dossier().id_e).name());
    forget_answers(hand.dossier(), sip);
    hand.record({.user = user,
                 .action = std::string(id(Action::send_archive)),
                 .message = fill("L'archive a été générée (transfert {1})",
                                 {*sip.fields.at(std::string(field::sae_transfert_id))}),
                 .change = sip});
    return StepResult::nothing_new;
  } catch (const Error& error) {
    const bool to_be_mended = error.code() == ErrorCode::config_missing ||
                              error.code() == ErrorCode::config_invalid ||
                              error.code() == ErrorCode::input_invalid;
    if (!to_be_mended) throw;
    return record_error(hand, user, error.message(), error.code(), Sip::drop);
  }
}

/// The SAE of the entity; null, with the error state recorded, when none is configured.
port::Sae* connector(InHand& hand, const User& user, const Partners& partners) {
  try {
    return &partners.sae(hand.dossier().id_e);
  } catch (const Error& error) {
    // A deposit that was taken, or is of unknown fate, no state may hide.
    const bool may_have_left = hand.dossier().attempt || is_taken(hand.dossier());
    if (error.code() != ErrorCode::config_missing || may_have_left) throw;
    record_error(
        hand, user,
        "Aucun connecteur de type SAE n'est associé au type de dossier " + hand.dossier().type,
        error.code(), has_sip(hand.dossier()) ? Sip::keep : Sip::drop);
    return nullptr;
  }
}

}  // namespace

StepResult deposit_in_sae(InHand& hand, const User& user, const Partners& partners) {
  port::Sae* const sae = connector(hand, user, partners);
  if (sae == nullptr) return StepResult::moved;
  if (hand.dossier().attempt) {
    // Of one that is known to be unknown the journal has the reason.
    const bool interrupted = !hand.dossier().attempt->unknown;
    const std::string reason = interrupted ? tr("the deposit was interrupted") : std::string();
    if (ask_fate(hand, user, *sae, reason) == Fate::deposited) {
      return record_deposited(hand, user, {});
    }
    if (interrupted) lost_answer(hand, user, *sae, {.reason = reason, .retry_after = {}});
  } else if (is_taken(hand.dossier()) && knows(*sae, transfer_of(hand))) {
    return record_found(hand, user);
  }
  require_open(hand, sae->interruption());
  if (!has_sip(hand.dossier()) && prepare_sip(hand, user, partners) == StepResult::moved) {
    return StepResult::moved;
  }
  open_deposit(hand, user);
  return deposit(hand, user, *sae);
}

}  // namespace pes::flow
