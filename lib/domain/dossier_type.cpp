#include "pes/dossier_type.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes {

const std::vector<DossierType>& dossier_types() {
  static const std::vector<DossierType> types = {
      {"pes", "PES", "Types de dossiers PES Mégalis", SignatureStep::none},
      {"pes-avec-signature", "PES (avec signature)", "Types de dossiers PES Mégalis",
       SignatureStep::required},
  };
  return types;
}

namespace {
bool designates(const DossierType& type, std::string_view text) {
  std::string bare = type.label;
  std::erase_if(bare, [](char c) { return c == '(' || c == ')'; });
  return text == type.id || text == type.label || text == bare;
}
}  // namespace

const DossierType& dossier_type(std::string_view id_or_label) {
  const auto& types = dossier_types();
  const auto found = std::find_if(types.begin(), types.end(), [&](const DossierType& type) {
    return designates(type, id_or_label);
  });
  if (found != types.end()) return *found;
  const auto& foreign = foreign_types();
  const bool known = std::any_of(foreign.begin(), foreign.end(), [&](const ForeignType& type) {
    return type.label == id_or_label;
  });
  if (known) {
    throw Error(ErrorCode::type_unknown,
                say("dossiers of type « {1} » are not handled by pes", {id_or_label}),
                tr("see the types it handles: pes types"));
  }
  throw Error(ErrorCode::type_unknown, say("there is no type of dossier « {1} »", {id_or_label}),
              tr("see the types: pes types"));
}

const std::vector<ForeignType>& foreign_types() {
  static const std::vector<ForeignType> types = [] {
    struct Group {
      std::string_view name;
      std::vector<std::string_view> labels;
    };
    // Screens of the tutorial, S17 to S23; spellings are theirs (S25).
    const std::vector<Group> groups = {
        {"Type de dossier d'administration", {"Changement d'email"}},
        {"Types de dossier Facture Chorus Pro",
         {"Facture Chorus Pro", "Facture Chorus fournisseur", "Facture Formulaire PIVOT",
          "Statut Facture Chorus Pro"}},
        {"Types de dossier génériques",
         {"Actes (générique)", "Actes automatique", "Commande (générique)",
          "Document PDF (Générique)", "Helios (générique)", "Helios PES Retour",
          "Helios automatique", "Mail sécurisé (destinataire)", "Opendata/GED"}},
        {"Types de dossiers Actes Mégalis",
         {"Actes individuels", "Actes règlementaires", "Autres",
          "Contrats, conventions et avenants", "Documents budgétaires et financiers",
          "Délibérations"}},
        {"ZZ Types de dossiers historiques Actes",
         {"Actes individuels", "Actes individuels (avec visa)", "Actes réglementaires",
          "Actes réglementaires (avec visa)", "Autres", "Autres (avec visa)",
          "Contrats, conventions et avenants", "Contrats, conventions et avenants (avec visa)",
          "Documents budgétaires et financiers", "Documents budgétaires et financiers (avec visa)",
          "Délibérations", "Délibérations (avec visa)"}},
        {"ZZ Types de dossiers historiques PES",
         {"PES", "PES (avec signature)", "PES (avec visa et signature)", "PES (avec visa)"}},
    };
    std::vector<ForeignType> result;
    for (const Group& group : groups) {
      for (const std::string_view label : group.labels) {
        result.push_back({std::string(group.name), std::string(label)});
      }
    }
    return result;
  }();
  return types;
}

}  // namespace pes
