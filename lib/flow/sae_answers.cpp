#include "flow/received.hpp"
#include "flow/sae_transfer.hpp"
#include "flow/steps.hpp"
#include "pes/reply_code.hpp"
#include "pes/seda.hpp"
#include "support/text.hpp"

namespace pes::flow {

namespace {

/// An AR or a reply that cannot be used, and what it leads to.
struct Unusable {
  std::string_view field;
  std::string name;
  Action state;
  std::string message;
};

StepResult record_unusable(InHand& hand, const User& user, const std::string& bytes,
                           const Unusable& unusable) {
  Change change;
  receive(hand, change, unusable.field, unusable.name, bytes);
  change.row = unusable.state;
  change.job = std::optional<Job>();
  hand.record({.user = user,
               .action = std::string(id(unusable.state)),
               .message = unusable.message,
               .change = change,
               .reason = std::string(id(ErrorCode::service_unexpected))});
  return StepResult::moved;
}

std::string waiting_words(const port::SaeAnswer& answer) {
  if (const auto* pending = std::get_if<port::SaePending>(&answer)) return pending->message;
  return std::get<port::SaeNoTransfer>(answer).message;
}

/// From when on a person should know that a message does not come (sae §2.10).
struct Lateness {
  std::chrono::minutes longest;
  std::string_view advice;  // what that person reads, after the SAE's own words
  std::string_view reason;
};

StepResult wait_for_message(InHand& hand, const User& user, const port::Sae& sae,
                            const port::SaeAnswer& answer, const Lateness& lateness) {
  const auto pause = sae.pause(hand.dossier().job->nb_try);
  const std::string words = waiting_words(answer);
  if (hand.services().clock.now() <= hand.dossier().last_row().date + lateness.longest) {
    return wait_longer(hand, user, words, pause);
  }
  return wait_longer(hand, user, fill("{1} ; {2}", {words, lateness.advice}), pause,
                     Notice::Kind::warning, lateness.reason);
}

/// A SAE that has the transfer may be slow; one that does not find it may have lost it.
Lateness lateness_of_ar(const port::SaeAnswer& answer) {
  if (std::holds_alternative<port::SaePending>(answer)) {
    return {.longest = std::chrono::hours(1),
            .advice =
                "pas d'AR depuis plus d'une heure : demandez au service d'archives s'il a lu "
                "le bordereau",
            .reason = {}};
  }
  return {.longest = std::chrono::hours(1),
          .advice =
              "le SAE ne trouve pas ce transfert depuis plus d'une heure : voyez avec le "
              "service d'archives, puis versez de nouveau le même bordereau",
          .reason = transfer_not_found};
}

/// Reads a message of the SAE; throws input_* when it is none, or answers another transfer.
SaeMessageContent read_answer(const std::string& transfer, const std::string& bytes,
                              SaeMessageExpected expected) {
  SaeMessageContent content = read_sae_message(bytes, expected, transfer);
  if (content.transfer_id != transfer) {
    throw Error(ErrorCode::input_invalid,
                say("the SAE answers transfer {1}, ours is {2}", {content.transfer_id, transfer}));
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
  receive(hand, change, field::ar_sae, message_name(content, "AR"), bytes);
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
  receive(hand, change, field::reply_sae, message_name(content, "ATR"), bytes);
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

/// What could be read of a message, or why it could not.
struct Reading {
  std::optional<SaeMessageContent> content;
  std::string fault;
};

Reading try_reading(const std::string& transfer, const std::string& bytes,
                    SaeMessageExpected expected) {
  try {
    return {.content = read_answer(transfer, bytes, expected), .fault = {}};
  } catch (const Error& error) {
    return {.content = std::nullopt, .fault = error.message()};
  }
}

}  // namespace

StepResult ask_sae_for_ar(InHand& hand, const User& user, port::Sae& sae) {
  require_open(hand, sae.interruption());
  const Transfer transfer = transfer_of(hand);
  const port::SaeAnswer answer = sae.acknowledgement(transfer.agency, transfer.id);
  const auto* message = std::get_if<port::SaeMessage>(&answer);
  if (message == nullptr) {
    return wait_for_message(hand, user, sae, answer, lateness_of_ar(answer));
  }
  const Reading reading =
      try_reading(transfer.id, message->bytes, SaeMessageExpected::acknowledgement);
  if (!reading.content) {
    return record_unusable(hand, user, message->bytes,
                           {.field = field::ar_sae,
                            .name = "AR-inutilisable.xml",
                            .state = Action::verif_sae_erreur,
                            .message = "Erreur irrécupérable : " + reading.fault});
  }
  return record_ar(hand, user, message->bytes, *reading.content);
}

StepResult ask_sae_for_reply(InHand& hand, const User& user, port::Sae& sae) {
  require_open(hand, sae.interruption());
  const Transfer transfer = transfer_of(hand);
  const port::SaeAnswer answer = sae.reply(transfer.agency, transfer.id);
  const auto* message = std::get_if<port::SaeMessage>(&answer);
  if (message == nullptr) {
    return wait_for_message(
        hand, user, sae, answer,
        {.longest = std::chrono::days(3),
         .advice = "pas de réponse depuis plus de trois jours : un archiviste doit agir",
         .reason = {}});
  }
  const Reading reading = try_reading(transfer.id, message->bytes, SaeMessageExpected::reply);
  if (!reading.content) {
    return record_unusable(hand, user, message->bytes,
                           {.field = field::reply_sae,
                            .name = "ATR-inutilisable.xml",
                            .state = Action::validation_sae_erreur,
                            .message = reading.fault});
  }
  return record_reply(hand, user, message->bytes, *reading.content);
}

}  // namespace pes::flow
