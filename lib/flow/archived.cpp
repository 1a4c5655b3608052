#include "flow/in_hand.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::flow {

namespace {

bool is_kept_by_sae(const Dossier& dossier) {
  return std::any_of(dossier.etats.begin(), dossier.etats.end(),
                     [](const Row& row) { return row.action == Action::accepter_sae; });
}

}  // namespace

Outcome tell_archived(Services& services, const Partners& partners, const DossierId& id) {
  InHand hand(services, id);
  const std::string transaction(hand.dossier().value(field::pes_tedetis_transaction_id));
  if (!is_kept_by_sae(hand.dossier()) || transaction.empty()) {
    throw Error(ErrorCode::state_forbids, say("the SAE has not accepted dossier {1}", {id.text()}),
                say("see where it stands: pes status {1}", {id.text()}));
  }
  const bool told = partners.tdt(hand.dossier().id_e).tell_archived(transaction);
  if (!told) return {.dossier = hand.dossier(), .changed = false};
  hand.record({.user = services.user,
               .action = std::string(pes::id(Action::accepter_sae)),
               .message = fill("Le TdT sait que la transaction {1} est archivée", {transaction}),
               .change = {}});
  return {.dossier = hand.dossier(), .changed = true};
}

}  // namespace pes::flow
