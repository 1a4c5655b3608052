#include "crypto/digest.hpp"
#include "flow/acquit.hpp"
#include "flow/attempt.hpp"
#include "flow/deadline.hpp"
#include "flow/name_claim.hpp"
#include "flow/steps.hpp"
#include "flow/transaction.hpp"
#include "pes/pes_aller.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::flow {

namespace {

Attempt tdt_attempt(const InHand& hand) {
  const std::filesystem::path path = hand.path(field::fichier_pes);
  const crypto::FileDigest digest = crypto::digest_file(path);
  if (digest.sha256 != hand.dossier().file(field::fichier_pes)->sha256) {
    throw Error(
        ErrorCode::state_damaged,
        say("the flow of dossier {1} was altered on the disk", {hand.dossier().id_d.text()}),
        tr("restore it from a backup, or create the dossier again"));
  }
  const PesAller flow = read_pes_aller(path);
  Attempt attempt;
  attempt.id = attempt_id(hand);
  attempt.kind = Attempt::Kind::tdt_import;
  attempt.started = hand.services().clock.now();
  attempt.sha256 = digest.sha256;
  attempt.sha1 = crypto::sha1_hex_of(path);
  attempt.nom_fic = flow.nom_fic;
  attempt.cod_col = flow.cod_col;
  return attempt;
}

StepResult record_accepted(InHand& hand, const User& user, const std::string& transaction,
                           const std::string& message) {
  const std::string attempt = hand.dossier().attempt->id;
  Change change = closing(hand, Action::send_tdt);
  change.fields.emplace(field::pes_tedetis_transaction_id, transaction);
  try {
    hand.record({.user = user,
                 .action = std::string(id(Action::send_tdt)),
                 .message = message,
                 .change = change,
                 .attempt = attempt});
  } catch (const Error& error) {
    // Only these words have the number then.
    const std::string dossier = hand.dossier().id_d.text();
    throw Error(
        error.code(),
        say("the TdT has dossier {1} as transaction {2}, which could not be noted: {3}",
            {dossier, transaction, error.message()}),
        say("once the cause is mended: pes send {1} --transaction {2}", {dossier, transaction}),
        error.cause());
  }
  return StepResult::moved;
}

/// What a person does about a refusal that leaves the flow where it was.
std::string advice(const DossierId& id, const port::TdtRefused& refused) {
  if (!refused.size_limit) return say("once the cause is mended: pes send {1}", {id.text()});
  return say(
      "split the flow into several of at most {1} bytes, each with its NomFic, and give this "
      "size in tdt.max_size",
      {std::to_string(*refused.size_limit)});
}

/// Bytes that the TdT already has end in tdt-error, as in Pastell; any other refusal
/// keeps the state and waits for a person.
StepResult record_refused(InHand& hand, const User& user, const port::TdtRefused& refused) {
  const std::string attempt = hand.dossier().attempt->id;
  if (refused.duplicate) {
    hand.record({.user = user,
                 .action = std::string(id(Action::tdt_error)),
                 .message = refused.message,
                 .change = closing(hand, Action::tdt_error),
                 .attempt = attempt,
                 .reason = std::string(id(ErrorCode::service_refused))});
    return StepResult::moved;
  }
  Job job = *hand.dossier().job;
  job.is_lock = true;
  job.last_message = refused.message;
  job.reason = id(ErrorCode::service_refused);
  job.last_try = hand.services().clock.now();
  Change change;
  change.attempt = std::optional<Attempt>();
  change.job = job;
  hand.record({.type = EventType::failed_attempt,
               .user = user,
               .action = std::string(id(Action::send_tdt)),
               .message = refused.message,
               .change = change,
               .attempt = attempt,
               .reason = std::string(id(ErrorCode::service_refused))});
  throw Error(ErrorCode::service_refused,
              say("the TdT refuses the file: {1} (dossier {2})",
                  {refused.message, hand.dossier().id_d.text()}),
              advice(hand.dossier().id_d, refused));
}

/// What came under a number that a person gave is another flow's: nobody knows any more whether
/// ours arrived, and its own bytes will tell.
StepResult forget_number(InHand& hand, const port::Tdt& tdt, const port::Tdt::Acquit& acquit) {
  const Action sending = Action::pre_send_tdt;
  Attempt attempt = tdt_attempt(hand);
  attempt.unknown = true;
  Change change;
  change.row = sending;
  change.attempt = attempt;
  change.job = next_job(sending, hand.services().clock.now() + tdt.settling_time());
  change.fields.emplace(field::pes_tedetis_transaction_id, std::nullopt);
  change.fields.emplace(field::transaction_saisie, std::nullopt);
  receive_acquit(hand, change, field::acquit_autre_flux, acquit);
  const std::string message = fill(
      "L'acquit de la transaction {1} est celui d'un autre flux : celle de ce dossier reste à "
      "trouver",
      {std::string(hand.dossier().value(field::pes_tedetis_transaction_id))});
  hand.record({.user = automaton(),
               .action = std::string(id(sending)),
               .message = message,
               .change = change,
               .attempt = attempt.id,
               .reason = std::string(id(ErrorCode::fate_unknown))});
  notify(hand.services(), Notice::Kind::warning, hand.dossier().id_d, message);
  return StepResult::moved;
}

bool is_misled(const InHand& hand, const port::Tdt::Acquit& acquit) {
  return !hand.dossier().value(field::transaction_saisie).empty() &&
         is_of_another_flow(hand, acquit.bytes);
}

StepResult keep_acquit(InHand& hand, const User& user, const port::Tdt& tdt,
                       const port::Tdt::Acquit& acquit, Action state, const std::string& message) {
  if (is_misled(hand, acquit)) return forget_number(hand, tdt, acquit);
  Change change = kept_acquit(hand, acquit);
  if (!hand.dossier().value(field::transaction_saisie).empty()) {
    change.fields.emplace(field::transaction_saisie, std::nullopt);
  }
  change.row = state;
  change.job = next_job(state, hand.services().clock.now());
  hand.record(
      {.user = user, .action = std::string(id(state)), .message = message, .change = change});
  warn_of_refusal(hand);
  return StepResult::moved;
}

StepResult record_failed(InHand& hand, const User& user, port::Tdt& tdt,
                         const port::TdtStatus& status, const std::string& transaction) {
  std::string message = "Transaction en erreur sur le TdT";
  if (!status.message.empty()) message += " : " + status.message;
  // A technical rejection by Hélios comes as an error, with an acquit that says why.
  if (const auto acquit = tdt.acquit(transaction)) {
    return keep_acquit(hand, user, tdt, *acquit, Action::tdt_error, message);
  }
  Change change;
  change.row = Action::tdt_error;
  change.job = std::optional<Job>();
  hand.record({.user = user,
               .action = std::string(id(Action::tdt_error)),
               .message = message,
               .change = change,
               .reason = std::string(id(ErrorCode::service_refused))});
  return StepResult::moved;
}

port::TdtSubmission submit(const InHand& hand, port::Tdt& tdt) {
  return tdt.submit(hand.path(field::fichier_pes), hand.dossier().file(field::fichier_pes)->name);
}

/// The same bytes will tell later: the TdT takes them once.
[[noreturn]] void lost_answer(InHand& hand, const User& user, const port::Tdt& tdt,
                              const port::TdtUnknown& unknown) {
  fate_unknown(hand, user,
               {.action = Action::send_tdt,
                .reason = unknown.reason,
                .ask_after = at_least(tdt.settling_time(), unknown.retry_after),
                .hint = say("the next pes run asks the TdT, by the same bytes; whoever reads its "
                            "number on the TdT's page: pes send {1} --transaction <number>",
                            {hand.dossier().id_d.text()})});
}

/// The TdT has the flow; under which number, only a person or an archivist's account can see.
StepResult look_for_number(InHand& hand, const User& user, port::Tdt& tdt) {
  const Attempt attempt = *hand.dossier().attempt;
  std::optional<Dossier> twin;
  const auto is_anothers = [&](const std::string& transaction) {
    const auto other = other_with_transaction(hand, transaction);
    if (other && sends_same_bytes(hand.dossier(), *other)) twin = other;
    return other.has_value();
  };
  const port::TdtSearch search =
      tdt.find({attempt.nom_fic, attempt.cod_col}, attempt.started, is_anothers);
  if (const auto* found = std::get_if<port::TdtFound>(&search)) {
    return record_accepted(hand, user, found->transaction_id,
                           fill("Le document a été envoyé au TdT (transaction {1} retrouvée)",
                                {found->transaction_id}));
  }
  if (twin) {
    record_sent_by(hand, user, *twin);
    return StepResult::moved;
  }
  if (std::holds_alternative<port::TdtNotFound>(search)) {
    return wait_longer(hand, user, "Reçu par le TdT ; son numéro de transaction reste à trouver",
                       tdt.pause(hand.dossier().job->nb_try));
  }
  fate_unknown(hand, user,
               {.action = Action::send_tdt,
                .reason = tr("the TdT has it, under a number that it does not tell"),
                .ask_after = std::nullopt,
                .hint = say("read its number on the TdT's page, then: "
                            "pes send {1} --transaction <number>",
                            {hand.dossier().id_d.text()})});
}

StepResult wait_for_name(InHand& hand, const User& user, const port::Tdt& tdt,
                         const Attempt& attempt, const DossierId& other) {
  return wait_longer(hand, user,
                     fill("Le dossier {1} envoie un flux de même NomFic ({2}) : son sort d'abord",
                          {other.text(), attempt.nom_fic}),
                     tdt.pause(hand.dossier().job->nb_try));
}

void record_received(InHand& hand, const User& user, const port::TdtRefused& duplicate) {
  Attempt attempt = *hand.dossier().attempt;
  attempt.unknown = true;
  attempt.received = true;
  Change change;
  change.attempt = attempt;
  hand.record({.user = user,
               .action = std::string(id(Action::send_tdt)),
               .message = fill("Le TdT avait bien reçu ces octets : {1}", {duplicate.message}),
               .change = change,
               .attempt = attempt.id});
}

/// Journaled and saved, so that a death during it is known as one.
void record_resubmission(InHand& hand, const User& user) {
  Attempt attempt = *hand.dossier().attempt;
  attempt.unknown = false;
  Change change;
  change.attempt = attempt;
  hand.record({.user = user,
               .action = std::string(id(Action::send_tdt)),
               .message = fill("Mêmes octets envoyés de nouveau, pour connaître le sort de {1}",
                               {attempt.id}),
               .change = change,
               .attempt = attempt.id});
}

/// An attempt whose outcome was not recorded (lib/design/0007).
StepResult settle_sending(InHand& hand, const User& user, port::Tdt& tdt) {
  if (hand.dossier().attempt->received) {
    require_open(hand, tdt.interruption());
    return look_for_number(hand, user, tdt);
  }
  if (!hand.dossier().attempt->unknown) {
    lost_answer(hand, user, tdt, {.reason = tr("the sending was interrupted")});
  }
  if (const auto interruption = tdt.interruption()) {
    lost_answer(hand, user, tdt, {interruption->message(), interruption->retry_after()});
  }
  if (const auto other = claimed_by_another(hand, *hand.dossier().attempt)) {
    return wait_for_name(hand, user, tdt, *hand.dossier().attempt, *other);
  }
  record_resubmission(hand, user);
  port::TdtSubmission submission;
  try {
    submission = submit(hand, tdt);
  } catch (const Error& error) {
    lost_answer(hand, user, tdt, {error.message(), error.retry_after()});
  }
  if (const auto* accepted = std::get_if<port::TdtAccepted>(&submission)) {
    return record_accepted(hand, user, accepted->transaction_id, "Le document a été envoyé au TdT");
  }
  if (const auto* unknown = std::get_if<port::TdtUnknown>(&submission)) {
    lost_answer(hand, user, tdt, *unknown);
  }
  const auto& refused = std::get<port::TdtRefused>(submission);
  if (!refused.duplicate) {
    // What is refused before the TdT looks for duplicates says nothing of the first sending.
    fate_unknown(hand, user,
                 {.action = Action::send_tdt,
                  .reason = refused.message,
                  .ask_after = std::nullopt,
                  .hint = say("once the cause is mended: pes send {1} --resend {2}",
                              {hand.dossier().id_d.text(), hand.dossier().attempt->id})});
  }
  record_received(hand, user, refused);
  return look_for_number(hand, user, tdt);
}

std::string standing(const port::TdtStatus& status) {
  const std::string words = fill("La transaction est dans l'état : {1} ({2})",
                                 {status.label, std::to_string(status.code)});
  const bool is_parked = status.stage == port::TdtStatus::Stage::parked;
  return is_parked ? words + " ; une personne doit agir sur la page du TdT" : words;
}

/// Beyond « Information disponible » the TdT may have thrown it away (tdt §6).
std::string without_acquit(const port::TdtStatus& status) {
  constexpr int information_available = 8;
  const std::string words = "AR non disponible pour le moment";
  return status.code == information_available ? words : words + ". " + standing(status);
}

/// A transaction that moves on by itself, or should.
StepResult wait_for_change(InHand& hand, const User& user, const port::TdtStatus& status,
                           std::chrono::seconds pause) {
  const Instant sent = hand.dossier().last_row().date;
  if (!is_overdue(sent, status.longest_stay, hand.services().clock.now())) {
    return wait_longer(hand, user, standing(status), pause);
  }
  return wait_longer(hand, user,
                     standing(status) +
                         " ; c'est plus long que d'habitude : demandez-en la raison "
                         "à l'administrateur du TdT",
                     pause, Notice::Kind::warning);
}

}  // namespace

StepResult send_to_tdt(InHand& hand, const User& user, port::Tdt& tdt) {
  if (hand.dossier().attempt) return settle_sending(hand, user, tdt);
  require_open(hand, tdt.interruption());
  const Attempt attempt = tdt_attempt(hand);
  if (const auto other = claimed_by_another(hand, attempt)) {
    return wait_for_name(hand, user, tdt, attempt, *other);
  }
  open_attempt(hand, user, Action::send_tdt, attempt);
  port::TdtSubmission submission;
  try {
    submission = submit(hand, tdt);
  } catch (const Error& error) {
    record_nothing_sent(hand, user, Action::send_tdt, error);
    throw;
  }
  if (const auto* accepted = std::get_if<port::TdtAccepted>(&submission)) {
    return record_accepted(hand, user, accepted->transaction_id, "Le document a été envoyé au TdT");
  }
  if (const auto* refused = std::get_if<port::TdtRefused>(&submission)) {
    return record_refused(hand, user, *refused);
  }
  lost_answer(hand, user, tdt, std::get<port::TdtUnknown>(submission));
}

StepResult ask_tdt(InHand& hand, const User& user, port::Tdt& tdt) {
  const std::string transaction(hand.dossier().value(field::pes_tedetis_transaction_id));
  require_open(hand, tdt.interruption());
  const port::TdtStatus status = tdt.status(transaction);
  const auto pause = std::max(tdt.pause(hand.dossier().job->nb_try), status.soonest_change);
  using Stage = port::TdtStatus::Stage;
  switch (status.stage) {
    case Stage::acquit:
      if (const auto acquit = tdt.acquit(transaction)) {
        return keep_acquit(hand, automaton(), tdt, *acquit, Action::info_tdt,
                           "Une réponse est disponible pour ce fichier PES");
      }
      return wait_longer(hand, user, without_acquit(status), pause);
    case Stage::failed:
    case Stage::cancelled:
      return record_failed(hand, user, tdt, status, transaction);
    case Stage::pending:
    case Stage::parked:
    case Stage::no_acquit:
      return wait_for_change(hand, user, status, pause);
  }
  return StepResult::nothing_new;
}

}  // namespace pes::flow
