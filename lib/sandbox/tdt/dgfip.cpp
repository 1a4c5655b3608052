#include "sandbox/tdt/dgfip.hpp"

#include "pes/time.hpp"
#include "support/text.hpp"

#include <pugixml.hpp>

#include <sstream>

namespace pes::sandbox::tdt {
namespace {

/// DomaineAck (pes §9)
namespace domaine {
constexpr const char* technique = "0";
constexpr const char* piece_jointe = "4";
constexpr const char* depense = "5";
constexpr const char* recette = "6";
constexpr const char* marche = "11";
constexpr const char* facture = "12";
}  // namespace domaine

pugi::xml_node add(pugi::xml_node parent, const char* name) { return parent.append_child(name); }

void add_value(pugi::xml_node parent, const char* name, const std::string& value) {
  add(parent, name).append_attribute("V").set_value(value.c_str());
}

void add_known_value(pugi::xml_node parent, const char* name, const Value& value) {
  if (value) add_value(parent, name, *value);
}

void add_error(pugi::xml_node parent, const char* code, const char* label) {
  const pugi::xml_node error = add(parent, "Erreur");
  add_value(error, "NumAnoAck", code);
  add_value(error, "LibelleAnoAck", label);
}

void add_envelope(pugi::xml_node root, const State& state, bool technical) {
  const pugi::xml_node envelope = add(root, "Enveloppe");
  const pugi::xml_node parameters = add(envelope, "Parametres");
  add_value(parameters, "Version", "2");
  add_value(parameters, "TypFic", technical ? "UNKNOWN_TYPE" : "PESALR2");
  const bool is_of_another = state.scenario == Scenario::other_flow;
  add_value(parameters, "NomFic", is_of_another ? state.nom_fic + "-AUTRE" : state.nom_fic);
  if (technical) return;
  const pugi::xml_node sender = add(envelope, "Emetteur");
  add_value(sender, "Sigle", "TEST");
  add_value(sender, "Adresse", "Bac à sable de pes, sans valeur");
}

void add_header(pugi::xml_node root, const Flow& flow, Instant date) {
  const pugi::xml_node header = add(root, "EnTetePES");
  add_value(header, "DteStr", iso8601(date).substr(0, 10));
  add_known_value(header, "IdPost", flow.id_post);
  add_known_value(header, "IdColl", flow.id_coll);
  add_known_value(header, "CodCol", flow.cod_col);
  add_known_value(header, "CodBud", flow.cod_bud);
  add_known_value(header, "LibelleColBud", flow.libelle_col_bud);
}

const char* domaine_of(FlowElement::Kind kind) {
  switch (kind) {
    case FlowElement::Kind::depense:
      return domaine::depense;
    case FlowElement::Kind::recette:
      return domaine::recette;
    case FlowElement::Kind::piece_jointe:
      return domaine::piece_jointe;
    case FlowElement::Kind::marche:
      return domaine::marche;
    case FlowElement::Kind::facture:
      return domaine::facture;
  }
  return domaine::technique;
}

bool is_bordereau(const FlowElement& element) {
  return element.kind == FlowElement::Kind::depense || element.kind == FlowElement::Kind::recette;
}

/// Errors at the three levels where Hélios puts them.
void add_errors(pugi::xml_node acquitted, const FlowElement& element) {
  if (!is_bordereau(element)) {
    return add_error(acquitted, "ERREUR_PJ", "TEST - L'élément est refusé par le bac à sable");
  }
  add_error(acquitted, "ERREUR_CUMUL_MONTANTS",
            "TEST - Le cumul des montants du bordereau n'est pas celui de ses pièces");
  if (element.last_piece.number.empty()) return;
  const pugi::xml_node piece = add(acquitted, "DetailPiece");
  add_value(piece, "NumPiece", element.last_piece.number);
  add_error(piece, "ERREUR_AUTRE", "1984 - TEST - Identifiant unique déjà utilisé");
  if (element.last_piece.last_line.empty()) return;
  const pugi::xml_node line = add(piece, "DetailLigne");
  add_value(line, "NumLigne", element.last_piece.last_line);
  add_error(line, "ERREUR_CODIFICATION", "TEST - La fonction n'est pas ouverte à ce budget");
}

void add_element(pugi::xml_node acquit, const FlowElement& element, bool is_accepted) {
  const pugi::xml_node acquitted = add(acquit, "ElementACQUIT");
  add_value(acquitted, "DomaineAck", domaine_of(element.kind));
  add_value(acquitted, "EtatAck", is_accepted ? "1" : "0");
  if (is_bordereau(element)) {
    add_value(acquitted, "NumBord", element.number);
    add_value(acquitted, "ExerciceBord", element.exercice);
  } else if (element.kind == FlowElement::Kind::marche) {
    add_value(acquitted, "IdMarche", element.number);
  } else if (element.kind == FlowElement::Kind::piece_jointe) {
    add_value(acquitted, "IdUnique", element.number);
  }
  if (!is_accepted) add_errors(acquitted, element);
}

/// A refusal of the whole flow, by Hélios's first step.
void add_technical_refusal(pugi::xml_node acquit, const char* code, const char* label) {
  const pugi::xml_node acquitted = add(acquit, "ElementACQUIT");
  add_value(acquitted, "DomaineAck", domaine::technique);
  add_value(acquitted, "EtatAck", "0");
  add_error(acquitted, code, label);
}

/// The element that the scenario « partiel » refuses: the last bordereau, or the last
/// element of a flow without any.
std::size_t refused_rank(const std::vector<FlowElement>& elements) {
  for (std::size_t rank = elements.size(); rank > 0; --rank) {
    if (is_bordereau(elements[rank - 1])) return rank - 1;
  }
  return elements.size() - 1;
}

/// What becomes of the elements of a flow.
enum class Outcome { accepted, partial, refused, technical };

void add_elements(pugi::xml_node acquit, const std::vector<FlowElement>& elements,
                  Outcome outcome) {
  if (elements.empty()) {
    return add_technical_refusal(acquit, "ERREUR_FLUX_VIDE", "TEST - Le flux ne contient rien");
  }
  const std::size_t refused = refused_rank(elements);
  for (std::size_t rank = 0; rank < elements.size(); ++rank) {
    const bool is_refused =
        outcome == Outcome::refused || (outcome == Outcome::partial && rank == refused);
    add_element(acquit, elements[rank], !is_refused);
  }
}

Outcome outcome_of(Scenario scenario, int rank) {
  switch (scenario) {
    case Scenario::partial:
      return Outcome::partial;
    case Scenario::refused:
      return Outcome::refused;
    case Scenario::technical:
    case Scenario::not_an_acquit:
      return Outcome::technical;
    case Scenario::two_acquits:
      return rank == 1 ? Outcome::partial : Outcome::accepted;
    case Scenario::late_acquit:
      return rank == 1 ? Outcome::technical : Outcome::accepted;
    case Scenario::accepted:
    case Scenario::silent:
    case Scenario::unreadable:
    case Scenario::other_flow:
    case Scenario::sae_refuses_deposit:
    case Scenario::sae_rejects:
    case Scenario::sae_later:
      break;
  }
  return Outcome::accepted;
}

Acquit::Kind kind_of(Scenario scenario, Outcome outcome) {
  const bool is_unattached = scenario == Scenario::unreadable || scenario == Scenario::other_flow;
  if (is_unattached) return Acquit::Kind::unattached;
  return outcome == Outcome::technical ? Acquit::Kind::invalid : Acquit::Kind::valid;
}

/// The shape that the DGFiP gives to the names of acquits (pes §8).
std::string acquit_name(const Flow& flow, const State& state, int rank, Instant date) {
  std::string digits;
  for (const char c : iso8601(date)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return fill("{1}_{2}-ACK-TEST_{3}{4}.xml",
              {flow.id_post.value_or("000000"), digits.substr(2), state.id,
               rank == 1 ? "" : "_" + std::to_string(rank)});
}

}  // namespace

int acquits_of(Scenario scenario) {
  if (scenario == Scenario::silent) return 0;
  return scenario == Scenario::two_acquits || scenario == Scenario::late_acquit ? 2 : 1;
}

Acquit make_acquit(const Flow& flow, const State& state, int rank, Instant date) {
  const Outcome outcome = outcome_of(state.scenario, rank);
  const bool technical = outcome == Outcome::technical;
  pugi::xml_document document;
  pugi::xml_node prolog = document.append_child(pugi::node_declaration);
  prolog.append_attribute("version").set_value("1.0");
  prolog.append_attribute("encoding").set_value("ISO-8859-1");
  pugi::xml_node root = document.append_child(
      state.scenario == Scenario::not_an_acquit ? "n:PES_NonAcquit" : "n:PES_ACQUIT");
  root.append_attribute("xmlns:n").set_value(
      "http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2");
  add_envelope(root, state, technical);
  add_header(root, flow, date);
  const pugi::xml_node acquit = add(root, "ACQUIT");
  add_value(add(acquit, "EnTeteAcquit"), "IdVer", "2");
  if (technical) {
    add_technical_refusal(
        acquit, "ERREUR_AUTRE",
        "TEST - Une erreur technique est survenue lors de la validation/découpage "
        "technique (Boite 1) : flux refusé par le bac à sable");
  } else {
    add_elements(acquit, flow.elements, outcome);
  }
  std::ostringstream stream;
  document.save(stream, "    ", pugi::format_default, pugi::encoding_latin1);
  std::string bytes = std::move(stream).str();
  if (state.scenario == Scenario::unreadable) bytes.resize(bytes.size() / 2);
  return {.name = acquit_name(flow, state, rank, date),
          .bytes = std::move(bytes),
          .kind = kind_of(state.scenario, outcome)};
}

}  // namespace pes::sandbox::tdt
