#include "pes/pes_retour.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

/// The words of the lists are those that accountants use, so French in every language.
namespace pes {

namespace {

struct Code {
  std::string_view code;
  std::string_view label;
};

constexpr std::array typ_restit{Code{"01", "rejets et mises en instance"}, Code{"02", "périodique"},
                                Code{"03", "stock"}};

constexpr std::array etat_mandat{Code{"01", "en instance"}, Code{"02", "pris en charge"},
                                 Code{"04", "rejeté"}, Code{"05", "soldé"}};
constexpr std::array etat_titre{Code{"01", "en instance"}, Code{"02", "pris en charge"},
                                Code{"03", "pris en charge en partie"}, Code{"04", "rejeté"},
                                Code{"05", "annulé"}};

constexpr std::array etat_ligne_mandat{
    Code{"01", "prise en charge"},
    Code{"02", "rejetée"},
    Code{"03", "prévisée, prise en charge sans anomalie"},
    Code{"04", "prévisée, prise en charge avec anomalies"},
    Code{"05", "prévisée, rejet qui peut être forcé"},
    Code{"06", "prévisée, rejet qui ne peut pas être forcé"},
    Code{"07", "prise en charge avec anomalies"},
    Code{"08", "prise en charge sans anomalie"},
    Code{"09", "rejet"},
    Code{"10", "rejet qui ne peut pas être forcé"},
    Code{"15", "prise en charge forcée"},
    Code{"16", "mise en instance"},
};
constexpr std::array etat_ligne_titre{
    Code{"01", "rejetée"},    Code{"02", "annulée"}, Code{"03", "mise en instance"},
    Code{"04", "non soldée"}, Code{"05", "soldée"},  Code{"06", "soldée en non-valeur"}};

constexpr std::array typ_bord_depense{
    Code{"01", "ordinaire"}, Code{"02", "annulation ou réduction"},
    Code{"03", "ordres de paiement"}, Code{"04", "demande de régularisation"}};
constexpr std::array typ_bord_recette{
    Code{"01", "ordinaire"},
    Code{"02", "annulation ou réduction"},
    Code{"03", "ordres de recette"},
    Code{"04", "demande de régularisation"},
    Code{"05", "P503, demande de régularisation"},
    Code{"06", "ORMC"},
    Code{"07", "ORMC, reversement au budget bénéficiaire"},
};

constexpr std::array obs_depense{
    Code{"01", "PJ absentes ou invalides"},
    Code{"02", "PJ insuffisantes"},
    Code{"03", "crédits insuffisants"},
    Code{"04", "liquidation erronée"},
    Code{"05", "service fait ou caractère exécutoire non certifié"},
    Code{"06", "autre motif"},
    Code{"07", "double paiement"},
    Code{"09", "domiciliation bancaire absente ou erronée"},
    Code{"10", "avance non récupérée"},
    Code{"11", "donneur d'ordre incompétent"},
    Code{"13", "prescription ou déchéance"},
    Code{"16", "créancier qui n'est pas le véritable"},
    Code{"23", "imputation erronée"},
    Code{"24", "rejet technique"},
};

constexpr std::array obs_recette{
    Code{"01", "caractère exécutoire absent"},
    Code{"02", "créance non indiquée"},
    Code{"03", "débiteur non indiqué"},
    Code{"04", "imputation erronée"},
    Code{"05", "prescription"},
    Code{"06", "autre motif"},
    Code{"07", "pièce d'origine non citée"},
    Code{"08", "type de bordereau inexistant"},
    Code{"09", "exercice du bordereau non ouvert"},
    Code{"10", "bordereau sans date d'émission"},
    Code{"11", "montant du bordereau incohérent"},
    Code{"12", "bordereau non signé"},
    Code{"13", "TVA absente alors que la collectivité y est assujettie"},
    Code{"14", "donneur d'ordre incompétent"},
    Code{"15", "PJ insuffisantes"},
    Code{"16", "PJ absentes ou invalides"},
    Code{"17", "domiciliation bancaire absente ou erronée"},
    Code{"18", "numéro de bordereau en double"},
    Code{"19", "complément d'information nécessaire"},
    Code{"20", "titre récapitulatif attendu"},
    Code{"21", "titre incomplet"},
    Code{"22", "exercice du rôle clos"},
    Code{"23", "numéro de rôle en double"},
    Code{"24", "exercice du rôle initial clos"},
    Code{"25", "rôle initial inexistant"},
    Code{"26", "rôle initial non pris en charge"},
    Code{"27", "date de prélèvement incorrecte"},
    Code{"28", "numéro d'article en double"},
    Code{"29", "date d'ASP incorrecte"},
    Code{"30", "code produit inconnu"},
    Code{"31", "SIRET de la collectivité bénéficiaire inexistant"},
    Code{"32", "collectivité non assujettie à la TVA"},
    Code{"33", "montant majorable"},
    Code{"34", "montant du prélèvement"},
    Code{"35", "domiciliation erronée"},
    Code{"36", "domiciliation inexistante"},
    Code{"37", "rapprochement avec le rôle impossible"},
    Code{"38", "forçage accordé par l'ordonnateur"},
    Code{"39", "forçage accordé par le comptable"},
    Code{"40", "forçage que l'ordonnateur doit accorder"},
};

std::string label_in(std::span<const Code> list, std::string_view code) {
  const auto known = std::find_if(list.begin(), list.end(),
                                  [&](const Code& candidate) { return candidate.code == code; });
  return std::string(known == list.end() ? code : known->label);
}

/// The list of one domain or of the other.
template <typename Depense, typename Recette>
std::string label_of(Domain domain, const Depense& depense, const Recette& recette,
                     std::string_view code) {
  return domain == Domain::depense ? label_in(depense, code) : label_in(recette, code);
}

}  // namespace

std::string typ_restit_label(std::string_view code) { return label_in(typ_restit, code); }

std::string etat_pce_label(Domain domain, std::string_view code) {
  return label_of(domain, etat_mandat, etat_titre, code);
}

std::string etat_lig_pce_label(Domain domain, std::string_view code) {
  return label_of(domain, etat_ligne_mandat, etat_ligne_titre, code);
}

std::string typ_bord_label(Domain domain, std::string_view code) {
  return label_of(domain, typ_bord_depense, typ_bord_recette, code);
}

std::string obs_etat_label(Domain domain, std::string_view codes) {
  if (codes.empty()) return {};
  std::vector<std::string> labels;
  for (const std::string& code : split(codes, '-')) {
    labels.push_back(label_of(domain, obs_depense, obs_recette, trimmed(code)));
  }
  return join(labels, " ; ");
}

}  // namespace pes
