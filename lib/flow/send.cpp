#include "flow/holding_back.hpp"
#include "flow/in_hand.hpp"
#include "flow/steps.hpp"
#include "flow/transaction.hpp"
#include "pes/dossier_type.hpp"
#include "pes/standing.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::flow {

namespace {

Attempt require_unknown(const Dossier& dossier, std::string_view attempt) {
  const bool open = dossier.attempt && dossier.attempt->kind == Attempt::Kind::tdt_import;
  if (!open) {
    throw Error(ErrorCode::state_forbids,
                say("dossier {1} has no sending of unknown fate", {dossier.id_d.text()}),
                say("see where it stands: pes status {1}", {dossier.id_d.text()}));
  }
  if (!attempt.empty() && dossier.attempt->id != attempt) {
    throw Error(ErrorCode::state_forbids,
                say("the sending of unknown fate of dossier {1} is {2}, not {3}",
                    {dossier.id_d.text(), dossier.attempt->id, attempt}));
  }
  return *dossier.attempt;
}

}  // namespace

Outcome send(Services& services, const DossierId& id) {
  InHand hand(services, id);
  const Dossier& dossier = hand.dossier();
  if (standing_of(dossier) == Standing::draft) {
    require_possible(dossier, Action::orientation);
    if (dossier_type(dossier.type).signature == SignatureStep::required) {
      Change change;
      change.row = Action::libersign_suivant;
      change.job = next_job(Action::libersign_suivant, services.clock.now());
      hand.record({.user = services.user,
                   .action = std::string(pes::id(Action::libersign_suivant)),
                   .message = "Envoi du document",
                   .change = change});
    } else {
      orient(hand, services.user, RequireAck::no);
    }
    return {hand.dossier(), true};
  }
  if (is_held_back(dossier)) {
    let_go_on(hand);
    return {hand.dossier(), true};
  }
  return {dossier, false};
}

Outcome resend(Services& services, const DossierId& id, std::string_view attempt) {
  InHand hand(services, id);
  Attempt open = require_unknown(hand.dossier(), attempt);
  open.unknown = true;
  open.received = false;
  Change change;
  change.attempt = open;
  change.job = next_job(Action::pre_send_tdt, services.clock.now());
  hand.record(
      {.user = services.user,
       .action = std::string(pes::id(Action::send_tdt)),
       .message = fill("Nouvel envoi demandé après un envoi au sort inconnu ({1})", {open.id}),
       .change = change,
       .attempt = open.id});
  return {hand.dossier(), true};
}

Outcome adopt_transaction(Services& services, const DossierId& id,
                          std::string_view transaction_id) {
  const bool digits =
      !transaction_id.empty() && std::all_of(transaction_id.begin(), transaction_id.end(),
                                             [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) {
    throw Error(ErrorCode::usage, say("« {1} » is no transaction number", {transaction_id}),
                tr("it is the number shown on the TdT's page of the flow"));
  }
  InHand hand(services, id);
  std::string attempt;
  if (!may_be_told_its_number(hand.dossier())) attempt = require_unknown(hand.dossier(), {}).id;
  if (const auto other = other_with_transaction(hand, std::string(transaction_id))) {
    if (sends_same_bytes(hand.dossier(), *other)) {
      record_sent_by(hand, services.user, *other);
      return {hand.dossier(), true};
    }
    throw Error(ErrorCode::state_forbids,
                say("transaction {1} is that of dossier {2}", {transaction_id, other->id_d.text()}),
                tr("read the number again on the TdT's page of this flow"));
  }
  Change change;
  change.row = Action::send_tdt;
  change.fields.emplace(field::pes_tedetis_transaction_id, std::string(transaction_id));
  change.fields.emplace(field::transaction_saisie, "1");
  change.attempt = std::optional<Attempt>();
  change.job = next_job(Action::send_tdt, services.clock.now());
  hand.record(
      {.user = services.user,
       .action = std::string(pes::id(Action::send_tdt)),
       .message = fill("Identifiant de la transaction sur le Tdt saisi : {1}", {transaction_id}),
       .change = change,
       .attempt = attempt});
  return {hand.dossier(), true};
}

Outcome order(Services& services, const DossierId& id, Action action) {
  InHand hand(services, id);
  const bool due = hand.dossier().job && !hand.dossier().job->is_lock &&
                   hand.dossier().job->etat_cible == action;
  if (due) return {hand.dossier(), false};
  require_possible(hand.dossier(), action);
  Job job;
  job.etat_cible = action;
  job.user = services.user;
  job.next_try = soonest_try(hand.dossier(), services.clock.now());
  Change change;
  change.job = job;
  hand.record({.user = services.user,
               .action = std::string(pes::id(action)),
               .message = fill("Action demandée : « {1} »", {button(action)}),
               .change = change});
  return {hand.dossier(), true};
}

}  // namespace pes::flow
