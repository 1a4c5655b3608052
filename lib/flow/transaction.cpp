#include "flow/transaction.hpp"

namespace pes::flow {

std::optional<DossierId> other_with_transaction(const InHand& hand,
                                                const std::string& transaction) {
  const Services& services = hand.services();
  const auto platform_of = [&](const Dossier& dossier) {
    return services.settings.text("tdt.url", dossier.id_e);
  };
  DossierQuery query;
  query.transaction = transaction;
  for (const Dossier& other : services.store.query(query).dossiers) {
    const bool is_this_one = other.id_d == hand.dossier().id_d;
    if (!is_this_one && platform_of(other) == platform_of(hand.dossier())) return other.id_d;
  }
  return std::nullopt;
}

}  // namespace pes::flow
