#include "flow/sae_transfer.hpp"

#include "pes/seda.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace pes::flow {

Transfer transfer_of(const InHand& hand) {
  constexpr std::size_t max_bordereau_bytes = 256UL << 20U;
  const std::string id(hand.dossier().value(field::sae_transfert_id));
  if (id.empty()) {
    throw Error(ErrorCode::state_damaged,
                say("dossier {1} has no transfer identifier", {hand.dossier().id_d.text()}));
  }
  return {transferring_agency_of(read_file(hand.path(field::sae_bordereau), max_bordereau_bytes)),
          id};
}

}  // namespace pes::flow
