#include "pes/standing.hpp"

namespace pes {

namespace {

Standing standing_at(Action state) {
  switch (state) {
    case Action::creation:
    case Action::modification:
    case Action::importation:
      return Standing::draft;
    case Action::termine:
      return Standing::finished;
    case Action::rejet_sae:
      return Standing::rejected;
    case Action::tdt_error:
      return Standing::tdt_error;
    case Action::erreur_envoie_sae:
    case Action::verif_sae_erreur:
    case Action::validation_sae_erreur:
    case Action::fatal_error:
      return Standing::failed;
    case Action::supression:
    case Action::orientation:
    case Action::libersign_suivant:
    case Action::helios_pre_extraction:
    case Action::helios_extraction:
    case Action::pre_send_tdt:
    case Action::send_tdt:
    case Action::verif_tdt:
    case Action::info_tdt:
    case Action::preparation_send_sae:
    case Action::send_archive:
    case Action::verif_sae:
    case Action::ar_recu_sae:
    case Action::validation_sae:
    case Action::accepter_sae:
      return Standing::under_way;
  }
  return Standing::failed;
}

}  // namespace

Standing standing_of(const Dossier& dossier) {
  // Whoever held back the search for a lost answer knows of it.
  if (dossier.job && is_held_back_by_person(*dossier.job)) return Standing::suspended;
  if (dossier.attempt && dossier.attempt->unknown) return Standing::fate_unknown;
  if (dossier.job && dossier.job->is_lock) return Standing::suspended;
  const Standing standing = standing_at(dossier.state());
  const bool is_refused =
      standing == Standing::finished && dossier.value(field::pes_etat_ack) == "2";
  return is_refused ? Standing::refused : standing;
}

std::vector<Action> states_for_a_person() {
  std::vector<Action> states;
  for (const Action action : all_actions()) {
    const Standing standing = standing_at(action);
    const bool is_stopped = standing == Standing::rejected || standing == Standing::tdt_error ||
                            standing == Standing::failed;
    if (is_state(action) && is_stopped) states.push_back(action);
  }
  return states;
}

std::string_view id(Standing standing) {
  switch (standing) {
    case Standing::draft:
      return "draft";
    case Standing::under_way:
      return "under_way";
    case Standing::finished:
      return "finished";
    case Standing::refused:
      return "refused";
    case Standing::rejected:
      return "rejected";
    case Standing::tdt_error:
      return "tdt_error";
    case Standing::failed:
      return "failed";
    case Standing::suspended:
      return "suspended";
    case Standing::fate_unknown:
      return "fate_unknown";
  }
  return {};
}

}  // namespace pes
