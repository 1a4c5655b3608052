#include "flow/transaction.hpp"

#include "flow/attempt.hpp"
#include "pes/pes_acquit.hpp"
#include "pes/pes_aller.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::flow {

namespace {

std::string ascii_of(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == '?'; });
  return text;
}

}  // namespace

std::optional<Dossier> other_with_transaction(const InHand& hand, const std::string& transaction) {
  const Services& services = hand.services();
  const auto platform_of = [&](const Dossier& dossier) {
    return services.settings.text("tdt.url", dossier.id_e);
  };
  DossierQuery query;
  query.transaction = transaction;
  for (const Dossier& other : services.store.query(query).dossiers) {
    const bool is_this_one = other.id_d == hand.dossier().id_d;
    if (!is_this_one && platform_of(other) == platform_of(hand.dossier())) return other;
  }
  return std::nullopt;
}

bool sends_same_bytes(const Dossier& one, const Dossier& other) {
  const StoredFile* const ours = one.file(field::fichier_pes);
  const StoredFile* const theirs = other.file(field::fichier_pes);
  return ours != nullptr && theirs != nullptr && ours->sha256 == theirs->sha256;
}

void record_sent_by(InHand& hand, const User& user, const Dossier& other) {
  const std::string attempt = hand.dossier().attempt ? hand.dossier().attempt->id : "";
  Change change = closing(hand, Action::tdt_error);
  for (const auto field : {field::pes_tedetis_transaction_id, field::transaction_saisie}) {
    if (!hand.dossier().value(field).empty()) change.fields.emplace(field, std::nullopt);
  }
  hand.record({.user = user,
               .action = std::string(id(Action::tdt_error)),
               .message = fill("Le TdT a déjà ces octets : ce sont ceux du dossier {1} "
                               "(transaction {2})",
                               {other.id_d.text(),
                                std::string(other.value(field::pes_tedetis_transaction_id))}),
               .change = change,
               .attempt = attempt,
               .reason = std::string(id(ErrorCode::service_refused))});
}

bool is_of_another_flow(const InHand& hand, std::string_view acquit) {
  const PesAcquit told = read_pes_acquit_leniently(acquit);
  if (told.nom_fic.empty()) return false;
  const PesAller flow = read_pes_aller(hand.path(field::fichier_pes));
  const bool has_other_cod_col = !told.cod_col.empty() && told.cod_col != flow.cod_col;
  return has_other_cod_col || ascii_of(told.nom_fic) != ascii_of(flow.nom_fic);
}

}  // namespace pes::flow
