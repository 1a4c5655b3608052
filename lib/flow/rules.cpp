#include "pes/flow.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::flow {

namespace {

/// Held back before anything left, as by a TdT that finds the flow too large: a person may give up.
bool is_stopped_before_sending(const Dossier& dossier) {
  if (dossier.attempt || !dossier.job || !dossier.job->is_lock) return false;
  switch (dossier.state()) {
    case Action::libersign_suivant:
    case Action::helios_pre_extraction:
    case Action::helios_extraction:
    case Action::pre_send_tdt:
      return true;
    default:
      return false;
  }
}

bool is_lost_by_sae(const Dossier& dossier) {
  return dossier.state() == Action::send_archive && dossier.job &&
         dossier.job->reason == transfer_not_found;
}

bool may_start(Action action, const Dossier& dossier) {
  if (action == Action::supression && is_stopped_before_sending(dossier)) return true;
  if (action == Action::verif_tdt && has_no_number(dossier)) return false;
  const bool again = action == Action::send_archive && dossier.state() == Action::send_archive;
  if (again && !is_lost_by_sae(dossier)) return false;
  const auto& states = starts_from(action, Actor::person);
  return std::find(states.begin(), states.end(), dossier.state()) != states.end();
}

std::string advice(const Dossier& dossier) {
  if (dossier.job) {
    return say("wait for the automatic action, or see where it stands: pes status {1}",
               {dossier.id_d.text()});
  }
  return say("see what is possible: pes status {1}", {dossier.id_d.text()});
}

/// Pastell's sentence, with its two spaces (workflow §2.1).
std::string refusal(Action action, std::string_view reason) {
  return fill("L'action « {1} »  n'est pas permise : {2}", {button(action), reason});
}

}  // namespace

bool has_no_number(const Dossier& dossier) {
  return dossier.state() == Action::tdt_error && !dossier.attempt &&
         dossier.value(field::pes_tedetis_transaction_id).empty();
}

bool may_be_told_its_number(const Dossier& dossier) {
  return has_no_number(dossier) || !dossier.value(field::transaction_saisie).empty();
}

std::vector<Action> possible_actions(const Dossier& dossier) {
  std::vector<Action> possible;
  for (const Action action : all_actions()) {
    if (!may_start(action, dossier)) continue;
    // What the automaton is about to do is not offered: the two would race.
    if (dossier.job && !dossier.job->is_lock && dossier.job->etat_cible == action) continue;
    if (action == Action::orientation && !form_faults(dossier).empty()) continue;
    possible.push_back(action);
  }
  return possible;
}

void require_possible(const Dossier& dossier, Action action) {
  if (!may_start(action, dossier)) {
    throw Error(ErrorCode::state_forbids,
                refusal(action, fill("Le dernier état du document ({1}) ne permet pas de "
                                     "déclencher cette action",
                                     {id(dossier.state())})),
                advice(dossier));
  }
  if (action != Action::orientation) return;
  const auto faults = form_faults(dossier);
  if (!faults.empty()) {
    throw Error(ErrorCode::state_forbids, refusal(action, faults.front()),
                say("see all that is missing: pes check {1}", {dossier.id_d.text()}));
  }
}

std::optional<Action> retry_of(const Dossier& dossier) {
  if (is_lost_by_sae(dossier)) return Action::send_archive;
  switch (dossier.state()) {
    case Action::erreur_envoie_sae:
    case Action::rejet_sae:
      return Action::send_archive;
    case Action::tdt_error:
      if (has_no_number(dossier)) return std::nullopt;
      return Action::verif_tdt;
    case Action::verif_sae_erreur:
      return Action::verif_sae;
    case Action::validation_sae_erreur:
      return Action::validation_sae;
    default:
      return std::nullopt;
  }
}

}  // namespace pes::flow
