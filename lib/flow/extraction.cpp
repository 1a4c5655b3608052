#include "flow/steps.hpp"
#include "pes/pes_aller.hpp"
#include "support/text.hpp"

namespace pes::flow {

StepResult extract(InHand& hand, const User& user) {
  const PesAller flow = read_pes_aller(hand.path(field::fichier_pes));
  Change change;
  const auto set = [&](std::string_view name, const std::string& value) {
    change.fields.emplace(name, value);
  };
  set(field::id_coll, flow.id_coll);
  set(field::dte_str, flow.dte_str);
  set(field::cod_bud, flow.cod_bud);
  set(field::nom_fic, flow.nom_fic);
  set(field::cod_col, flow.cod_col);
  set(field::exercice, join(flow.exercices, ", "));
  set(field::id_bordereau, join(flow.id_bords, ", "));
  set(field::id_pj, join(flow.id_pjs, ", "));
  set(field::id_pce, join(flow.id_pces, ", "));
  set(field::id_nature, join(flow.natures, ", "));
  set(field::id_fonction, join(flow.fonctions, ", "));
  set(field::pes_etat_ack, "0");
  change.row = Action::helios_extraction;
  change.job = next_job(Action::helios_extraction, hand.services().clock.now());
  hand.record({.user = user,
               .action = std::string(id(Action::helios_extraction)),
               .message = "Les données ont été extraites du fichier PES ALLER",
               .change = change});
  return StepResult::moved;
}

}  // namespace pes::flow
