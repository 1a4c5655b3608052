#include "flow/attempt.hpp"
#include "flow/sip.hpp"
#include "flow/steps.hpp"
#include "pes/reply_code.hpp"
#include "pes/seda.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::flow {

namespace {

std::string transferring_agency(const InHand& hand) {
  return hand.services().settings.text("sae.transferring_agency", hand.dossier().id_e);
}

std::string transfer_id(const InHand& hand) {
  return std::string(hand.dossier().value(field::sae_transfert_id));
}

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

StepResult record_deposited(InHand& hand, const User& user) {
  const std::string attempt = hand.dossier().attempt->id;
  hand.record({.user = user,
               .action = std::string(id(Action::send_archive)),
               .message = "Le document a été envoyé au SAE",
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

enum class Fate { deposited, absent };

/// The AR tells what became of a deposit whose answer was lost (sae §11).
Fate ask_fate(InHand& hand, const User& user, port::Sae& sae, const std::string& reason) {
  try {
    const port::SaeAnswer answer =
        sae.acknowledgement(transferring_agency(hand), transfer_id(hand));
    return std::holds_alternative<port::SaeNoTransfer>(answer) ? Fate::absent : Fate::deposited;
  } catch (const Error& error) {
    lost_answer(
        hand, user, sae,
        {reason.empty() ? error.message() : reason + " ; " + error.message(), error.retry_after()});
  }
}

bool has_sip(const Dossier& dossier) {
  return dossier.file(field::sae_bordereau) != nullptr &&
         dossier.file(field::sae_archive) != nullptr && dossier.state() != Action::rejet_sae;
}

void open_deposit(InHand& hand, const User& user) {
  Attempt attempt;
  attempt.id = attempt_id(hand);
  attempt.kind = Attempt::Kind::sae_deposit;
  attempt.started = hand.services().clock.now();
  attempt.sha256 = hand.dossier().file(field::sae_archive)->sha256;
  attempt.transfert_id = transfer_id(hand);
  open_attempt(hand, user, Action::send_archive, attempt);
}

enum class Sending { first, after_a_lost_answer };

StepResult deposit(InHand& hand, const User& user, port::Sae& sae, Sending sending) {
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
    return record_error(hand, user, failed(error.message()), error.code(), Sip::keep);
  }
  if (std::holds_alternative<port::SaeDeposited>(outcome)) return record_deposited(hand, user);
  if (const auto* unknown = std::get_if<port::SaeUnknown>(&outcome)) {
    if (ask_fate(hand, user, sae, unknown->reason) == Fate::absent) {
      lost_answer(hand, user, sae, *unknown);
    }
    return record_deposited(hand, user);
  }
  const std::string& refusal = std::get<port::SaeRefused>(outcome).message;
  // The first may have arrived after all, and a second deposit be what is refused.
  if (sending == Sending::after_a_lost_answer &&
      ask_fate(hand, user, sae, refusal) == Fate::deposited) {
    return record_deposited(hand, user);
  }
  return record_error(hand, user, failed(refusal), ErrorCode::service_refused, Sip::drop);
}

/// What an AR or a reply that cannot be used leads to.
StepResult record_unusable(InHand& hand, const User& user, Action state,
                           const std::string& message) {
  Change change;
  change.row = state;
  change.job = std::optional<Job>();
  hand.record({.user = user,
               .action = std::string(id(state)),
               .message = message,
               .change = change,
               .reason = std::string(id(ErrorCode::service_unexpected))});
  return StepResult::moved;
}

std::string waiting_words(const port::SaeAnswer& answer) {
  if (const auto* pending = std::get_if<port::SaePending>(&answer)) return pending->message;
  return std::get<port::SaeNoTransfer>(answer).message;
}

/// @param longest beyond it, a person should know (sae §2.10)
/// @param advice what that person reads, after the SAE's own words
StepResult wait_for_message(InHand& hand, const User& user, const port::Sae& sae,
                            const port::SaeAnswer& answer, std::chrono::minutes longest,
                            std::string_view advice) {
  const auto pause = sae.pause(hand.dossier().job->nb_try);
  const std::string words = waiting_words(answer);
  if (hand.services().clock.now() <= hand.dossier().last_row().date + longest) {
    return wait_longer(hand, user, words, pause);
  }
  return wait_longer(hand, user, fill("{1} ; {2}", {words, advice}), pause, Notice::Kind::warning);
}

/// Reads a message of the SAE; throws input_* when it is none, or answers another transfer.
SaeMessageContent read_answer(const InHand& hand, const std::string& bytes,
                              SaeMessageExpected expected) {
  SaeMessageContent content = read_sae_message(bytes, expected, transfer_id(hand));
  if (content.transfer_id != transfer_id(hand)) {
    throw Error(ErrorCode::input_invalid, say("the SAE answers transfer {1}, ours is {2}",
                                              {content.transfer_id, transfer_id(hand)}));
  }
  return content;
}

std::string message_name(const SaeMessageContent& content, std::string_view otherwise) {
  return (content.own_id.empty() ? std::string(otherwise) : content.own_id) + ".xml";
}

StepResult record_ar(InHand& hand, const User& user, const std::string& bytes,
                     const SaeMessageContent& content) {
  Change change;
  change.row = Action::ar_recu_sae;
  change.job = next_job(Action::ar_recu_sae, hand.services().clock.now());
  change.files.emplace(field::ar_sae,
                       hand.files().keep_bytes(field::ar_sae, message_name(content, "AR"), bytes));
  change.fields.emplace(field::sae_ack_comment, content.comment);
  hand.record({.user = user,
               .action = std::string(id(Action::ar_recu_sae)),
               .message = fill("Récupération de l'accusé de réception : {1} - {2}",
                               {content.own_id, content.comment}),
               .change = change});
  return StepResult::moved;
}

/// Pastell's sentence, then what the code means.
std::string rejection(const SaeMessageContent& content) {
  const std::string sentence =
      fill("La transaction a été refusée par le SAE. {1} (Archive refusée - code de retour : {2})",
           {content.comment, content.reply_code});
  const std::string meaning = reply_code_meaning(content.reply_code);
  return meaning.empty() ? sentence : fill("{1} : {2}", {sentence, meaning});
}

StepResult record_reply(InHand& hand, const User& user, const std::string& bytes,
                        const SaeMessageContent& content) {
  const bool accepted = content.kind == SaeMessageContent::Kind::accepted;
  const Action state = accepted ? Action::accepter_sae : Action::rejet_sae;
  Change change;
  change.row = state;
  change.job = next_job(state, hand.services().clock.now());
  change.files.emplace(
      field::reply_sae,
      hand.files().keep_bytes(field::reply_sae, message_name(content, "ATR"), bytes));
  change.fields.emplace(field::sae_atr_comment, content.comment);
  if (accepted) change.fields.emplace(field::sae_archival_identifier, content.archive_id);
  hand.record(
      {.user = user,
       .action = std::string(id(state)),
       .message = accepted ? "La transaction a été acceptée par le SAE" : rejection(content),
       .change = change});
  if (content.with_reservation) {
    notify(hand.services(), Notice::Kind::warning, hand.dossier().id_d,
           say("the SAE accepts with a reservation (code {1}, « {2} »): {3}",
               {content.reply_code, reply_code_meaning(content.reply_code), content.comment}));
  }
  return StepResult::moved;
}

/// The journal that goes into the archive goes with its time stamps: an archive is for ever, and an
/// authority that is down comes back.
void require_stamped(InHand& hand, const Partners& partners) {
  Services& services = hand.services();
  if (!partners.tsa || !services.settings.boolean("sae.journal", hand.dossier().id_e)) return;
  const StampReport report = stamp_events(services, partners.tsa());
  if (report.error) throw Error(*report.error);
}

/// The SIP of a dossier that has none to send again. What a person must mend becomes the
/// error state; the rest is thrown, and retried.
StepResult prepare_sip(InHand& hand, const User& user, const Partners& partners) {
  require_stamped(hand, partners);
  try {
    const Change sip = build_sip(hand, partners.tdt(hand.dossier().id_e).name());
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
    // While a deposit is of unknown fate no state may hide it.
    if (error.code() != ErrorCode::config_missing || hand.dossier().attempt) throw;
    record_error(
        hand, user,
        "Aucun connecteur de type SAE n'est associé au type de dossier " + hand.dossier().type,
        error.code(), Sip::keep);
    return nullptr;
  }
}

/// What could be read of a message, or why it could not.
struct Reading {
  std::optional<SaeMessageContent> content;
  std::string fault;
};

Reading try_reading(const InHand& hand, const std::string& bytes, SaeMessageExpected expected) {
  try {
    return {.content = read_answer(hand, bytes, expected), .fault = {}};
  } catch (const Error& error) {
    return {.content = std::nullopt, .fault = error.message()};
  }
}

}  // namespace

StepResult deposit_in_sae(InHand& hand, const User& user, const Partners& partners) {
  port::Sae* const sae = connector(hand, user, partners);
  if (sae == nullptr) return StepResult::moved;
  const Sending sending = hand.dossier().attempt ? Sending::after_a_lost_answer : Sending::first;
  if (hand.dossier().attempt) {
    // Of one that is known to be unknown the journal has the reason.
    const bool interrupted = !hand.dossier().attempt->unknown;
    const std::string reason = interrupted ? tr("the deposit was interrupted") : std::string();
    if (ask_fate(hand, user, *sae, reason) == Fate::deposited) return record_deposited(hand, user);
    if (interrupted) lost_answer(hand, user, *sae, {.reason = reason, .retry_after = {}});
  }
  require_open(hand, sae->interruption());
  if (!has_sip(hand.dossier()) && prepare_sip(hand, user, partners) == StepResult::moved) {
    return StepResult::moved;
  }
  open_deposit(hand, user);
  return deposit(hand, user, *sae, sending);
}

StepResult ask_sae_for_ar(InHand& hand, const User& user, port::Sae& sae) {
  require_open(hand, sae.interruption());
  const port::SaeAnswer answer = sae.acknowledgement(transferring_agency(hand), transfer_id(hand));
  const auto* message = std::get_if<port::SaeMessage>(&answer);
  if (message == nullptr) {
    return wait_for_message(hand, user, sae, answer, std::chrono::hours(1),
                            "pas d'AR depuis plus d'une heure : demandez au service d'archives "
                            "s'il a lu le bordereau");
  }
  const Reading reading = try_reading(hand, message->bytes, SaeMessageExpected::acknowledgement);
  if (!reading.content) {
    return record_unusable(hand, user, Action::verif_sae_erreur,
                           "Erreur irrécupérable : " + reading.fault);
  }
  return record_ar(hand, user, message->bytes, *reading.content);
}

StepResult ask_sae_for_reply(InHand& hand, const User& user, port::Sae& sae) {
  if (transfer_id(hand).empty()) {
    return record_error(hand, user, tr("the dossier has no transfer identifier"),
                        ErrorCode::state_damaged, Sip::drop);
  }
  require_open(hand, sae.interruption());
  const port::SaeAnswer answer = sae.reply(transferring_agency(hand), transfer_id(hand));
  const auto* message = std::get_if<port::SaeMessage>(&answer);
  if (message == nullptr) {
    return wait_for_message(hand, user, sae, answer, std::chrono::days(3),
                            "pas de réponse depuis plus de trois jours : un archiviste doit agir");
  }
  const Reading reading = try_reading(hand, message->bytes, SaeMessageExpected::reply);
  if (!reading.content) {
    return record_unusable(hand, user, Action::validation_sae_erreur, reading.fault);
  }
  return record_reply(hand, user, message->bytes, *reading.content);
}

}  // namespace pes::flow
