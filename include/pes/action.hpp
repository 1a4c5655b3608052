#pragma once

#include "pes/export.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace pes {

/// Pastell's one identifier space for actions and states (workflow §2.1), of the
/// studio generation 3.1 (§2.2). An enumerator is the identifier with `-` turned
/// into `_`; the old misspelling of `supression` is part of it.
enum class Action {
  creation,
  modification,
  importation,
  supression,
  orientation,
  libersign_suivant,  // « Passage à l'état suivant », local to PES (avec signature), §2.6
  helios_pre_extraction,
  helios_extraction,
  pre_send_tdt,
  send_tdt,
  verif_tdt,
  info_tdt,
  tdt_error,
  preparation_send_sae,
  send_archive,
  erreur_envoie_sae,
  verif_sae,
  verif_sae_erreur,
  ar_recu_sae,
  validation_sae,
  validation_sae_erreur,
  accepter_sae,
  rejet_sae,
  termine,
  fatal_error,
};

/// `erreur-envoie-sae`
PES_EXPORT std::string_view id(Action action);
PES_EXPORT std::optional<Action> parse_action(std::string_view id);

/// The French label of the state, byte for byte (§2.2), in every locale.
PES_EXPORT std::string_view label(Action state);
/// The French label of the button; the state's label when it has none of its own.
PES_EXPORT std::string_view button(Action action);

/// All actions, in the order of §2.2.
PES_EXPORT const std::vector<Action>& all_actions();

enum class Actor { person, automaton };

/// The states in which the action may be started by this actor. `creation`
/// starts from nothing and has none.
PES_EXPORT const std::vector<Action>& starts_from(Action action, Actor actor);

/// The action that the automaton starts once this state is reached; none when the
/// dossier rests there (column "Auto" of §2.2).
PES_EXPORT std::optional<Action> follower(Action state);

/// False for actions that never become a row of their own: orientation, verif-tdt,
/// verif-sae, validation-sae.
PES_EXPORT bool is_state(Action action);

}  // namespace pes
