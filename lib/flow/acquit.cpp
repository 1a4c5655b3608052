#include "flow/acquit.hpp"

#include "crypto/digest.hpp"
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

StoredFile keep_bytes_of(InHand& hand, const port::Tdt::Acquit& acquit, std::string_view field) {
  const std::string name = acquit_name(hand.dossier().file(field::fichier_pes)->name);
  return hand.files().keep_bytes(field, name, acquit.bytes);
}

Change kept_acquit(InHand& hand, const port::Tdt::Acquit& acquit) {
  const Dossier& dossier = hand.dossier();
  Change change;
  const StoredFile kept = keep_bytes_of(hand, acquit, field::pes_acquit);
  const StoredFile* const before = dossier.file(field::pes_acquit);
  if (before != nullptr && before->sha256 != kept.sha256) {
    change.files.emplace(field::earlier_acquit(dossier.earlier_acquits().size() + 1), *before);
  }
  change.files.emplace(field::pes_acquit, kept);
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
