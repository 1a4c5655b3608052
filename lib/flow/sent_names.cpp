#include "flow/sent_names.hpp"

namespace pes::flow {

namespace {

bool is_taken_by_tdt(const Dossier& dossier) {
  if (dossier.state() == Action::tdt_error) return dossier.file(field::pes_acquit) != nullptr;
  return !dossier.value(field::pes_tedetis_transaction_id).empty() ||
         (dossier.attempt && dossier.attempt->received);
}

}  // namespace

std::string sender_of(const Services& services, const FlowName& name, const std::string& id_e,
                      const std::optional<DossierId>& itself) {
  DossierQuery query;
  query.nom_fic = name.nom_fic;
  for (const Dossier& other : services.store.query(query).dossiers) {
    const bool is_same_tdt =
        services.settings.text("tdt.url", other.id_e) == services.settings.text("tdt.url", id_e);
    const bool is_that_name = other.value(field::cod_col) == name.cod_col;
    if (other.id_d != itself && is_same_tdt && is_that_name && is_taken_by_tdt(other)) {
      return other.id_d.text();
    }
  }
  return {};
}

}  // namespace pes::flow
