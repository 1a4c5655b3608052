#include "crypto/digest.hpp"
#include "flow/attempt.hpp"
#include "flow/steps.hpp"
#include "pes/pes_acquit.hpp"
#include "pes/pes_aller.hpp"
#include "support/text.hpp"

namespace pes::flow {

namespace {

/// `PESALR2_1.xml` gives `PESALR2_1_ACK.xml` (workflow §2.4).
std::string acquit_name(const std::string& pes_name) {
  const std::size_t dot = pes_name.rfind('.');
  return pes_name.substr(0, dot) + "_ACK.xml";
}

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

std::string how_to_settle(const Dossier& dossier) {
  return say(
      "look for the flow on the TdT's page, then: pes send {1} --transaction <number>, or, if it "
      "is "
      "not there: pes send {1} --resend {2}",
      {dossier.id_d.text(), dossier.attempt->id});
}

void record_accepted(InHand& hand, const User& user, const port::TdtAccepted& accepted) {
  const std::string attempt = hand.dossier().attempt->id;
  Change change = closing(hand, Action::send_tdt);
  change.fields.emplace(field::pes_tedetis_transaction_id, accepted.transaction_id);
  hand.record({.user = user,
               .action = std::string(id(Action::send_tdt)),
               .message = "Le document a été envoyé au TdT",
               .change = change,
               .attempt = attempt});
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
              say("once the cause is mended: pes send {1}", {hand.dossier().id_d.text()}));
}

StepResult keep_acquit(InHand& hand, const User& user, const port::Tdt::Acquit& acquit,
                       Action state, const std::string& message) {
  const std::string name = acquit_name(hand.dossier().file(field::fichier_pes)->name);
  Change change;
  change.row = state;
  change.job = next_job(state, hand.services().clock.now());
  change.files.emplace(field::pes_acquit,
                       hand.files().keep_bytes(field::pes_acquit, name, acquit.bytes));
  const std::string etat = etat_ack(read_pes_acquit(acquit.bytes));
  change.fields.emplace(field::pes_etat_ack, etat);
  hand.record(
      {.user = user, .action = std::string(id(state)), .message = message, .change = change});
  if (etat == "2") {
    notify(hand.services(), Notice::Kind::warning, hand.dossier().id_d, "Acquittement KO");
  }
  return StepResult::moved;
}

StepResult record_failed(InHand& hand, const User& user, port::Tdt& tdt,
                         const port::TdtStatus& status, const std::string& transaction) {
  std::string message = "Transaction en erreur sur le TdT";
  if (!status.message.empty()) message += " : " + status.message;
  // A technical rejection by Hélios comes as an error, with an acquit that says why.
  if (const auto acquit = tdt.acquit(transaction)) {
    return keep_acquit(hand, user, *acquit, Action::tdt_error, message);
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

std::string standing(const port::TdtStatus& status) {
  return fill("La transaction est dans l'état : {1} ({2})",
              {status.label, std::to_string(status.code)});
}

}  // namespace

StepResult send_to_tdt(InHand& hand, const User& user, port::Tdt& tdt) {
  if (hand.dossier().attempt) {
    fate_unknown(hand, user, Action::send_tdt, tr("the sending was interrupted"), true,
                 how_to_settle(hand.dossier()));
  }
  open_attempt(hand, user, Action::send_tdt, tdt_attempt(hand));
  port::TdtSubmission submission;
  try {
    submission =
        tdt.submit(hand.path(field::fichier_pes), hand.dossier().file(field::fichier_pes)->name);
  } catch (const Error& error) {
    record_nothing_sent(hand, user, Action::send_tdt, error);
    throw;
  }
  if (const auto* accepted = std::get_if<port::TdtAccepted>(&submission)) {
    record_accepted(hand, user, *accepted);
    return StepResult::moved;
  }
  if (const auto* refused = std::get_if<port::TdtRefused>(&submission)) {
    return record_refused(hand, user, *refused);
  }
  fate_unknown(hand, user, Action::send_tdt, std::get<port::TdtUnknown>(submission).reason, true,
               how_to_settle(hand.dossier()));
}

StepResult ask_tdt(InHand& hand, const User& user, port::Tdt& tdt) {
  const std::string transaction(hand.dossier().value(field::pes_tedetis_transaction_id));
  if (transaction.empty()) {
    Change change;
    change.row = Action::tdt_error;
    change.job = std::optional<Job>();
    hand.record({.user = automaton(),
                 .action = std::string(id(Action::tdt_error)),
                 .message = fill("Une erreur est survenue lors de l'envoi à {1}", {tdt.name()}),
                 .change = change});
    return StepResult::moved;
  }
  const port::TdtStatus status = tdt.status(transaction);
  const auto pause = tdt.pause(hand.dossier().job->nb_try);
  using Stage = port::TdtStatus::Stage;
  switch (status.stage) {
    case Stage::acquit:
      if (const auto acquit = tdt.acquit(transaction)) {
        return keep_acquit(hand, automaton(), *acquit, Action::info_tdt,
                           "Une réponse est disponible pour ce fichier PES");
      }
      return wait_longer(hand, user, "AR non disponible pour le moment", pause);
    case Stage::failed:
    case Stage::cancelled:
      return record_failed(hand, user, tdt, status, transaction);
    case Stage::pending:
    case Stage::parked:
    case Stage::no_acquit:
      return wait_longer(hand, user, standing(status), pause);
  }
  return StepResult::nothing_new;
}

}  // namespace pes::flow
