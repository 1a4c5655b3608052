#include "helios/anomaly.hpp"

#include "pes/pes_acquit.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace pes {

namespace {

/// Marks a string for the catalogue; it is translated where it is shown.
constexpr const char* translatable(const char* english) { return english; }

constexpr std::string_view other = "ERREUR_AUTRE";

struct Meaning {
  std::string_view code;
  const char* words;
};

/// NumAnoAck: the list of the schemas (pes §9), in our words.
constexpr std::array anomalies{
    Meaning{"ERREUR_CONNECTION_IMPOSSIBLE_A_LA_BASE",
            translatable("Hélios was not available: nothing is wrong with the flow")},
    Meaning{"ERREUR_TIMEOUT", translatable("Hélios took too long: nothing is wrong with the flow")},
    Meaning{"ERREUR_ENCODING", translatable("the encoding of the file is refused")},
    Meaning{"ERREUR_FLUX_VIDE", translatable("the flow holds nothing")},
    Meaning{"ERREUR_SCHEMA_INCOMPLET", translatable("the flow does not follow the schemas")},
    Meaning{"ERREUR_CODIFICATION", translatable("a code has a value that Hélios does not know")},
    Meaning{"ERREUR_CODIQUE",
            translatable("IdPost, the accounting office, is unknown or not this entity's")},
    Meaning{"ERREUR_SIRET", translatable("IdColl, the SIRET, is unknown or not this budget's")},
    Meaning{"ERREUR_CODE_COLLECTIVITE_BUDGET",
            translatable("CodCol or CodBud is unknown, or they do not go together")},
    Meaning{"ERREUR_VERSION_PES", translatable("the version of the flow (IdVer) is refused")},
    Meaning{"ERREUR_VERSION_PJ", translatable("the version of the PJ (IdVer) is refused")},
    Meaning{"ERREUR_SIGNATURE_INVALIDE", translatable("the signature of the flow is not valid")},
    Meaning{"ERREUR_SIGNATURE_ILLISIBLE", translatable("the signature of the flow is unreadable")},
    Meaning{"ERREUR_SIGNATURE_INCOMPLETE",
            translatable("the signature of the flow lacks something")},
    Meaning{"ERREUR_SIGNATURE_BORDEREAU_INVALIDE",
            translatable("the signature of the bordereau is not valid")},
    Meaning{"ERREUR_SIGNATURE_BORDEREAU_ILLISIBLE",
            translatable("the signature of the bordereau is unreadable")},
    Meaning{"ERREUR_SIGNATURE_BORDEREAU_INCOMPLETE",
            translatable("the signature of the bordereau lacks something")},
    Meaning{"ERREUR_SIGNATURE_EXTERNE", translatable("a detached signature is refused")},
    Meaning{"ERREUR_CERTIFICAT", translatable("the certificate that signs is refused")},
    Meaning{"ERREUR_PES_PARAM",
            translatable("the flow does not fit the settings of the entity in Hélios")},
    Meaning{"ERREUR_PES_SIGNATURE",
            translatable("signed or not, the flow is not what Hélios expects of the entity")},
    Meaning{"ERREUR_PES_PARAM_SIGNATURE",
            translatable("the way of signing does not fit the settings of the entity in Hélios")},
    Meaning{"ERREUR_DOUBLON_BORDEREAU", translatable("Hélios already has this bordereau")},
    Meaning{"ERREUR_DOUBLON_PIECE", translatable("Hélios already has this piece")},
    Meaning{"ERREUR_DOUBLON_LIGNE", translatable("Hélios already has this line")},
    Meaning{"ERREUR_DOUBLON_PJ", translatable("Hélios already has this PJ")},
    Meaning{"ERREUR_TAILLE_BORDEREAUX", translatable("too many bordereaux, or too large")},
    Meaning{"ERREUR_TAILLE_PIECE", translatable("too many pieces, or too large")},
    Meaning{"ERREUR_TAILLE_LIGNE", translatable("too many lines, or too large")},
    Meaning{"ERREUR_PJ", translatable("the PJ is refused")},
    Meaning{"ERREUR_PJ_SIGNEE", translatable("the signed PJ is refused")},
    Meaning{"ERREUR_MONTANT_TVA_ZERO_NEGATIF",
            translatable("an amount of VAT is zero or negative")},
    Meaning{"ERREUR_CUMUL_MONTANTS", translatable("the amounts do not add up")},
};

/// What stands at the head of the label of ERREUR_AUTRE, of those that were met (pes §9).
constexpr std::array other_anomalies{
    Meaning{"1971", translatable("an account by function is given where none is allowed")},
    Meaning{"1984", translatable("the IdUnique of the PJ was used before: give another")},
    Meaning{"2183", translatable("the titre has no ASAP invoice")},
    Meaning{"2184", translatable("the titre has several ASAP invoices")},
    Meaning{"2185", translatable("the titre and its ASAP invoice name different PJ")},
    Meaning{"2441", translatable("the titre refers to several PES Factures")},
    Meaning{
        "2559",
        translatable("Chorus Pro does not know the service code of the recipient, or no longer")},
};

template <typename List>
std::string words_of(const List& list, std::string_view code) {
  const auto* const known = std::find_if(
      list.begin(), list.end(), [&](const Meaning& meaning) { return meaning.code == code; });
  return known == list.end() ? std::string() : tr(known->words);
}

}  // namespace

/// `1984` of « 1984 - … »
std::string_view helios::number_of(const AcquitError& error) {
  if (error.num_ano != other) return {};
  const std::string_view text = trimmed(error.libelle);
  return text.substr(0, std::min(text.find_first_not_of("0123456789"), text.size()));
}

std::string meaning_of(const AcquitError& error) {
  if (error.num_ano != other) return words_of(anomalies, error.num_ano);
  if (contains_ignoring_case(error.libelle, "boite 1")) {
    return tr("the flow does not follow the schemas: line and column are those of the file sent");
  }
  return words_of(other_anomalies, helios::number_of(error));
}

}  // namespace pes
