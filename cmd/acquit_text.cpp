#include "acquit_text.hpp"

#include "ui/labels.hpp"
#include "ui/language.hpp"

#include <algorithm>

namespace pes::cmd {

namespace {

std::string_view word(PesAcquit::Outcome outcome) {
  switch (outcome) {
    case PesAcquit::Outcome::accepted:
      return "accepted";
    case PesAcquit::Outcome::partial:
      return "partial";
    case PesAcquit::Outcome::refused:
      return "refused";
    case PesAcquit::Outcome::unreadable:
      return "unreadable";
  }
  return {};
}

std::string place(const AcquitError& error) {
  std::string text;
  if (!error.num_piece.empty()) text = say("piece {1}", {error.num_piece});
  if (!error.num_ligne.empty()) {
    text += text.empty() ? "" : ", ";
    text += say("line {1}", {error.num_ligne});
  }
  return text;
}

/// « piece 12, line 3 : Hélios already has this line (ERREUR_DOUBLON_LIGNE) : its own words »
std::string described(const AcquitError& error) {
  const std::string meaning = meaning_of(error);
  std::vector<std::string> parts;
  if (const std::string where = place(error); !where.empty()) parts.push_back(where);
  if (meaning.empty()) {
    if (!error.num_ano.empty()) parts.push_back(error.num_ano);
  } else {
    parts.push_back(fill("{1} ({2})", {meaning, error.num_ano}));
  }
  if (!error.libelle.empty()) parts.push_back(error.libelle);
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : " : ") + part;
  return text;
}

/// What the element is about: a bordereau, a market, a supporting document.
std::string number(const AcquitElement& element) {
  if (!element.num_bord.empty()) return element.num_bord;
  return element.id_marche.empty() ? element.id_unique : element.id_marche;
}

ui::Json element_json(const AcquitElement& element) {
  ui::Json errors = ui::Json::array();
  for (const AcquitError& error : element.errors) {
    errors.push_back({{"num_piece", ui::text_or_null(error.num_piece)},
                      {"num_ligne", ui::text_or_null(error.num_ligne)},
                      {"num_ano", ui::text_or_null(error.num_ano)},
                      {"libelle", ui::text_or_null(error.libelle)},
                      {"signification", ui::text_or_null(meaning_of(error))}});
  }
  return {{"domaine", ui::text_or_null(element.domaine)},
          {"domaine_libelle", domaine_label(element.domaine)},
          {"exercice", ui::text_or_null(element.exercice_bord)},
          {"num_bord", ui::text_or_null(element.num_bord)},
          {"id_marche", ui::text_or_null(element.id_marche)},
          {"id_unique", ui::text_or_null(element.id_unique)},
          {"etat_ack", ui::text_or_null(element.etat)},
          {"errors", errors}};
}

}  // namespace

ui::Table acquit_table(const PesAcquit& acquit) {
  ui::Table table({{"Domaine"},
                   {"Exercice"},
                   {"Numéro de bordereau"},
                   {"Acquitté"},
                   {"Erreur", ui::Table::Cut::two_lines}});
  for (const AcquitElement& element : answers_of(acquit)) {
    const std::string acquitted(ui::oui_non(element.is_accepted()));
    std::vector<std::string> errors;
    std::transform(element.errors.begin(), element.errors.end(), std::back_inserter(errors),
                   described);
    if (errors.empty()) errors.emplace_back();
    for (const std::string& error : errors) {
      table.add({domaine_label(element.domaine), element.exercice_bord, number(element), acquitted,
                 error});
    }
  }
  return table;
}

std::string outcome_text(const PesAcquit& acquit) {
  switch (acquit.outcome) {
    case PesAcquit::Outcome::accepted:
      return tr("the flow is accepted");
    case PesAcquit::Outcome::partial:
      return tr("the flow is refused in part");
    case PesAcquit::Outcome::refused:
      return acquit.technical ? tr("the flow is refused as a whole, for a technical reason")
                              : tr("the flow is refused as a whole");
    case PesAcquit::Outcome::unreadable:
      return tr("the acquit is unreadable: it neither accepts nor refuses");
  }
  return {};
}

std::string outcome_advice(const PesAcquit& acquit) {
  switch (acquit.outcome) {
    case PesAcquit::Outcome::accepted:
      return {};
    case PesAcquit::Outcome::partial:
      return tr(
          "what is accepted is in Hélios: send what was refused, once corrected, in another "
          "flow with another NomFic");
    case PesAcquit::Outcome::refused:
      return tr(
          "nothing is in Hélios: correct the flow, give it another NomFic and send it in "
          "another dossier");
    case PesAcquit::Outcome::unreadable:
      return tr("ask the accounting office what became of the flow before anything is sent again");
  }
  return {};
}

ui::Json acquit_json(const PesAcquit& acquit) {
  ui::Json elements = ui::Json::array();
  for (const AcquitElement& element : acquit.elements) elements.push_back(element_json(element));
  return {{"nom_fic", ui::text_or_null(acquit.nom_fic)},
          {"cod_col", ui::text_or_null(acquit.cod_col)},
          {"dte_str", ui::text_or_null(acquit.dte_str)},
          {"outcome", std::string(word(acquit.outcome))},
          {"technical", acquit.technical},
          {"elements", elements}};
}

ui::Json bordereaux_json(const std::vector<Bordereau>& bordereaux) {
  ui::Json result = ui::Json::array();
  for (const Bordereau& bordereau : bordereaux) {
    result.push_back(
        {{"domaine_libelle", bordereau.domain == Domain::depense ? "dépense" : "recette"},
         {"exercice", ui::text_or_null(bordereau.exer)},
         {"num_bord", ui::text_or_null(bordereau.id_bord)}});
  }
  return result;
}

}  // namespace pes::cmd
