#include "pes/action.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using pes::Action;
using pes::Actor;

TEST_SUITE("domain") {
  TEST_CASE("each action has its own identifier and is found by it") {
    for (const Action action : pes::all_actions()) {
      CAPTURE(pes::id(action));
      CHECK(pes::parse_action(pes::id(action)) == action);
      CHECK_FALSE(pes::label(action).empty());
    }
    CHECK_FALSE(pes::parse_action("suppression").has_value());
    CHECK_FALSE(pes::parse_action("").has_value());
  }

  TEST_CASE("the labels of the tutorial's last screen are those of the table") {
    CHECK(pes::label(Action::creation) == "Créé");
    CHECK(pes::label(Action::modification) == "En cours de rédaction");
    CHECK(pes::label(Action::libersign_suivant) == "Passage à l'état suivant");
    CHECK(pes::label(Action::helios_pre_extraction) ==
          "Préparation de l'extraction des informations");
    CHECK(pes::label(Action::helios_extraction) == "Extraction des informations du PES ALLER");
    CHECK(pes::label(Action::pre_send_tdt) == "Préparation de l'envoi au TdT");
    CHECK(pes::label(Action::send_tdt) == "Transmis au TdT");
    CHECK(pes::label(Action::info_tdt) == "Un fichier de réponse PES est disponible");
    CHECK(pes::label(Action::preparation_send_sae) == "Préparation de l'envoi au SAE");
    CHECK(pes::label(Action::erreur_envoie_sae) == "Erreur lors de l'envoi au SAE");
  }

  TEST_CASE("following the automaton from the order to send reaches the end of the route") {
    std::vector<Action> chain;
    Action state = Action::libersign_suivant;
    while (const auto next = pes::follower(state)) {
      chain.push_back(*next);
      // Actions without a row are answered by another state.
      if (*next == Action::orientation) {
        state = state == Action::libersign_suivant ? Action::helios_pre_extraction
                : state == Action::info_tdt        ? Action::preparation_send_sae
                                                   : Action::termine;
      } else if (*next == Action::verif_tdt) {
        state = Action::info_tdt;
      } else if (*next == Action::verif_sae) {
        state = Action::ar_recu_sae;
      } else if (*next == Action::validation_sae) {
        state = Action::accepter_sae;
      } else {
        state = *next;
      }
    }

    CHECK(state == Action::termine);
    CHECK(chain == std::vector{Action::orientation, Action::helios_extraction, Action::pre_send_tdt,
                               Action::send_tdt, Action::verif_tdt, Action::orientation,
                               Action::send_archive, Action::verif_sae, Action::validation_sae,
                               Action::orientation});
  }

  TEST_CASE("the automaton may start every action that follows a state") {
    for (const Action state : pes::all_actions()) {
      const auto next = pes::follower(state);
      if (!next) continue;
      CAPTURE(pes::id(state));
      const auto& from = pes::starts_from(*next, Actor::automaton);
      const bool from_itself = state == Action::importation;  // route chosen at once
      CHECK((from_itself || std::find(from.begin(), from.end(), state) != from.end()));
    }
  }

  TEST_CASE("an SAE error offers a person the deposit and nothing else") {
    std::vector<Action> offered;
    for (const Action action : pes::all_actions()) {
      const auto& from = pes::starts_from(action, Actor::person);
      if (std::find(from.begin(), from.end(), Action::erreur_envoie_sae) != from.end()) {
        offered.push_back(action);
      }
    }

    CHECK(offered == std::vector{Action::send_archive});
  }
}
