#include "pes/action.hpp"

#include <algorithm>
#include <array>

namespace pes {

namespace {

enum class Who { nobody, person, automaton, both };

/// A line of the state table (workflow §2.2, generation 3.1).
struct Definition {
  Action action;
  std::string_view id;
  std::string_view label;
  std::string_view button;  // empty: the label
  Who who;
  std::vector<Action> from;
  std::optional<Action> follower;
  bool state;
};

const std::vector<Definition>& table() {
  using enum Action;
  using enum Who;
  static const std::vector<Definition> definitions = {
      {creation, "creation", "Créé", "Créer", person, {}, {}, true},
      {modification,
       "modification",
       "En cours de rédaction",
       "Modifier",
       person,
       {creation, modification, importation},
       {},
       true},
      {importation, "importation", "Importation du document", "", automaton, {}, orientation, true},
      {supression,
       "supression",
       "Supprimé",
       "Supprimer",
       person,
       {creation, modification, importation, tdt_error, termine, fatal_error, rejet_sae},
       {},
       true},
      {orientation,
       "orientation",
       "Envoi du document",
       "Envoyer le document",
       both,
       {creation, modification, importation, libersign_suivant, info_tdt, accepter_sae},
       {},
       false},
      {libersign_suivant,
       "libersign-suivant",
       "Passage à l'état suivant",
       "",
       nobody,
       {},
       orientation,
       true},
      {helios_pre_extraction,
       "helios-pre-extraction",
       "Préparation de l'extraction des informations",
       "",
       automaton,
       {},
       helios_extraction,
       true},
      {helios_extraction,
       "helios-extraction",
       "Extraction des informations du PES ALLER",
       "",
       both,
       {helios_pre_extraction},
       pre_send_tdt,
       true},
      {pre_send_tdt,
       "pre-send-tdt",
       "Préparation de l'envoi au TdT",
       "",
       both,
       {helios_extraction},
       send_tdt,
       true},
      {send_tdt,
       "send-tdt",
       "Transmis au TdT",
       "Transmettre au TdT",
       both,
       {pre_send_tdt},
       verif_tdt,
       true},
      {verif_tdt,
       "verif-tdt",
       "Statut vérifié par le TdT",
       "Vérifier le statut de la transaction",
       both,
       {send_tdt, tdt_error},
       {},
       false},
      {info_tdt,
       "info-tdt",
       "Un fichier de réponse PES est disponible",
       "",
       automaton,
       {},
       orientation,
       true},
      {tdt_error, "tdt-error", "Erreur sur le TdT", "", automaton, {}, {}, true},
      {preparation_send_sae,
       "preparation-send-sae",
       "Préparation de l'envoi au SAE",
       "",
       automaton,
       {},
       send_archive,
       true},
      {send_archive,
       "send-archive",
       "Versé au SAE",
       "Verser au SAE",
       both,
       {preparation_send_sae, rejet_sae, erreur_envoie_sae, send_archive},
       verif_sae,
       true},
      {erreur_envoie_sae,
       "erreur-envoie-sae",
       "Erreur lors de l'envoi au SAE",
       "",
       automaton,
       {},
       {},
       true},
      {verif_sae,
       "verif-sae",
       "Récuperation de l'AR sur le SAE",
       "Récupérer l'AR du document sur le SAE",
       both,
       {send_archive, verif_sae_erreur},
       {},
       false},
      {verif_sae_erreur,
       "verif-sae-erreur",
       "Erreur lors de la récupération de l'AR",
       "",
       automaton,
       {},
       {},
       true},
      {ar_recu_sae, "ar-recu-sae", "AR SAE reçu", "", automaton, {}, validation_sae, true},
      {validation_sae,
       "validation-sae",
       "Vérification de l'acceptation par le SAE",
       "Vérifier l'acceptation par le SAE",
       both,
       {ar_recu_sae, validation_sae_erreur},
       {},
       false},
      {validation_sae_erreur,
       "validation-sae-erreur",
       "Erreur lors de la vérification de la validité du transfert",
       "",
       automaton,
       {},
       {},
       true},
      {accepter_sae,
       "accepter-sae",
       "Archive acceptée par le SAE",
       "",
       automaton,
       {},
       orientation,
       true},
      {rejet_sae, "rejet-sae", "Archive rejetée par le SAE", "", automaton, {}, {}, true},
      {termine, "termine", "Traitement terminé", "", automaton, {}, {}, true},
      {fatal_error, "fatal-error", "Erreur fatale", "", automaton, {}, {}, true},
  };
  return definitions;
}

const Definition& definition(Action action) { return table()[static_cast<std::size_t>(action)]; }

}  // namespace

std::string_view id(Action action) { return definition(action).id; }

std::optional<Action> parse_action(std::string_view id) {
  const auto found = std::find_if(table().begin(), table().end(),
                                  [&](const Definition& line) { return line.id == id; });
  if (found == table().end()) return std::nullopt;
  return found->action;
}

std::string_view label(Action state) { return definition(state).label; }

std::string_view button(Action action) {
  const Definition& line = definition(action);
  return line.button.empty() ? line.label : line.button;
}

const std::vector<Action>& all_actions() {
  static const std::vector<Action> actions = [] {
    std::vector<Action> result;
    for (const Definition& line : table()) result.push_back(line.action);
    return result;
  }();
  return actions;
}

const std::vector<Action>& starts_from(Action action, Actor actor) {
  static const std::vector<Action> nowhere;
  const Definition& line = definition(action);
  const Who wanted = actor == Actor::person ? Who::person : Who::automaton;
  return line.who == wanted || line.who == Who::both ? line.from : nowhere;
}

std::optional<Action> follower(Action state) { return definition(state).follower; }

bool is_state(Action action) { return definition(action).state; }

}  // namespace pes
