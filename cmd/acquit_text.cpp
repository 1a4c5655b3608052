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

std::string described(const AcquitError& error) {
  const std::string where = place(error);
  const std::string what = fill("{1} {2}", {error.num_ano, error.libelle});
  return where.empty() ? what : where + " : " + what;
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
                      {"libelle", ui::text_or_null(error.libelle)}});
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
  for (const AcquitElement& element : acquit.elements) {
    const std::string acquitted(ui::oui_non(element.etat == "1"));
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

}  // namespace pes::cmd
