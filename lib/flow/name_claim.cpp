#include "flow/name_claim.hpp"

namespace pes::flow {

namespace {

/// Whether the holder of a claim still has, or may be about to open, an attempt of that name. One
/// that died between its claim and its attempt never will.
bool may_be_sending(Services& services, const DossierId& holder, const Attempt& attempt) {
  try {
    // What it journaled and could not save counts.
    const InHand held(services, holder);
    const std::optional<Attempt>& open = held.dossier().attempt;
    return open && open->flow_name() == attempt.flow_name();
  } catch (const Error& error) {
    return error.code() != ErrorCode::dossier_unknown;
  }
}

}  // namespace

std::optional<DossierId> claimed_by_another(InHand& hand, const Attempt& attempt) {
  Services& services = hand.services();
  const DossierId& id = hand.dossier().id_d;
  const FlowName name = attempt.flow_name();
  auto holder = services.store.claim(name, id, std::nullopt);
  if (!holder || may_be_sending(services, *holder, attempt)) return holder;
  return services.store.claim(name, id, holder);
}

}  // namespace pes::flow
