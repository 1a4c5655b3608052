#include "flow/acquit.hpp"

#include "crypto/digest.hpp"
#include "flow/received.hpp"
#include "pes/pes_acquit.hpp"
#include "support/text.hpp"

namespace pes::flow {

namespace {

/// `PESALR2_1.xml` gives `PESALR2_1_ACK.xml` (workflow §2.4).
std::string acquit_name(const std::string& pes_name) {
  const std::size_t dot = pes_name.rfind('.');
  return pes_name.substr(0, dot) + "_ACK.xml";
}

}  // namespace

void receive_acquit(InHand& hand, Change& change, std::string_view field,
                    const port::Tdt::Acquit& acquit) {
  receive(hand, change, field, acquit_name(hand.dossier().file(field::fichier_pes)->name),
          acquit.bytes);
}

Change kept_acquit(InHand& hand, const port::Tdt::Acquit& acquit) {
  Change change;
  receive_acquit(hand, change, field::pes_acquit, acquit);
  change.fields.emplace(field::pes_etat_ack, etat_ack(read_pes_acquit_leniently(acquit.bytes)));
  return change;
}

void warn_of_refusal(const InHand& hand) {
  if (hand.dossier().value(field::pes_etat_ack) != "2") return;
  notify(hand.services(), Notice::Kind::warning, hand.dossier().id_d, "Acquittement KO");
}

Outcome refresh_acquit(Services& services, const Partners& partners, const DossierId& id) {
  InHand hand(services, id);
  const StoredFile* const before = hand.dossier().file(field::pes_acquit);
  if (before == nullptr || hand.dossier().state() == Action::tdt_error) {
    throw Error(ErrorCode::state_forbids,
                say("the next acquit of dossier {1} decides of its state", {id.text()}),
                say("let it be fetched: pes run {1}", {id.text()}));
  }
  const std::string transaction(hand.dossier().value(field::pes_tedetis_transaction_id));
  const auto acquit = partners.tdt(hand.dossier().id_e).acquit(transaction);
  if (!acquit || before->sha256 == crypto::sha256_hex(acquit->bytes)) {
    return {.dossier = hand.dossier(), .changed = false};
  }
  const Change change = kept_acquit(hand, *acquit);
  hand.record({.user = services.user,
               .action = std::string(pes::id(Action::info_tdt)),
               .message = "Un autre acquittement est disponible ; le précédent est conservé",
               .change = change});
  warn_of_refusal(hand);
  return {.dossier = hand.dossier(), .changed = true};
}

}  // namespace pes::flow
