#include "helios/acquit.hpp"

#include "pes/error.hpp"
#include "pes/pes_acquit.hpp"
#include "support/text.hpp"
#include "xml/well_formed.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <utility>

namespace pes {

namespace {

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// The `V` of a child. pugixml knows UTF-8, UTF-16 and ISO-8859-1; what it took for UTF-8
/// and is not comes from one of the single-byte encodings near ISO-8859-1.
std::string value(const pugi::xml_node& parent, const char* child) {
  std::string text = parent.child(child).attribute("V").value();
  return is_valid_utf8(text) ? text : utf8_from_latin1(text);
}

bool is_refused(const AcquitElement& element) {
  return element.etat == "0" || element.etat == "false";
}

void read_errors(const pugi::xml_node& parent, const std::string& piece, const std::string& ligne,
                 std::vector<AcquitError>& errors) {
  for (const pugi::xml_node& erreur : parent.children("Erreur")) {
    errors.push_back({piece, ligne, value(erreur, "NumAnoAck"), value(erreur, "LibelleAnoAck")});
  }
}

AcquitElement read_element(const pugi::xml_node& node) {
  AcquitElement element;
  element.domaine = value(node, "DomaineAck");
  element.etat = value(node, "EtatAck");
  element.num_bord = value(node, "NumBord");
  element.exercice_bord = value(node, "ExerciceBord");
  element.id_marche = value(node, "IdMarche");
  element.id_unique = value(node, "IdUnique");
  // The older acquit has one error, flat in the element.
  if (node.child("NumAnoAck") || node.child("LibelleAnoAck")) {
    element.errors.push_back({value(node, "NumPiece"), value(node, "NumLigne"),
                              value(node, "NumAnoAck"), value(node, "LibelleAnoAck")});
  }
  read_errors(node, {}, {}, element.errors);
  for (const pugi::xml_node& piece : node.children("DetailPiece")) {
    const std::string num_piece = value(piece, "NumPiece");
    read_errors(piece, num_piece, {}, element.errors);
    for (const pugi::xml_node& ligne : piece.children("DetailLigne")) {
      read_errors(ligne, num_piece, value(ligne, "NumLigne"), element.errors);
    }
  }
  return element;
}

/// tdt §8.4 and pes §9.
PesAcquit::Outcome outcome_of(const std::vector<AcquitElement>& elements) {
  const auto accepted = std::count_if(elements.begin(), elements.end(),
                                      [](const auto& element) { return element.is_accepted(); });
  const auto refused = std::count_if(elements.begin(), elements.end(), is_refused);
  const auto all = static_cast<std::ptrdiff_t>(elements.size());
  if (all == 0 || accepted + refused != all) return PesAcquit::Outcome::unreadable;
  if (accepted == all) return PesAcquit::Outcome::accepted;
  const bool whole = std::any_of(elements.begin(), elements.end(), [](const auto& element) {
    return is_refused(element) && helios::concerns_whole_flow(element);
  });
  return whole || refused == all ? PesAcquit::Outcome::refused : PesAcquit::Outcome::partial;
}

/// Whether an EtatAck refuses, wherever it stands: real acquits hold elements of unknown names, and
/// nobody knows what those refuse.
bool has_refusal_anywhere(const pugi::xml_document& document) {
  return !document.select_nodes("//*[local-name() = 'EtatAck'][not(@V = '1' or @V = 'true')]")
              .empty();
}

/// S²LOW compares roots without case (pes §1).
bool has_root(const pugi::xml_node& root, std::string_view lowered) {
  return lowered_ascii(local_name(root)) == lowered;
}

/// Whether two elements speak of the same bordereau, market or PJ.
bool are_about_one(const AcquitElement& one, const AcquitElement& other) {
  const auto subject = [](const AcquitElement& element) {
    return std::tie(element.domaine, element.exercice_bord, element.num_bord, element.id_marche,
                    element.id_unique);
  };
  const bool has_subject =
      !one.num_bord.empty() || !one.id_marche.empty() || !one.id_unique.empty();
  return has_subject && subject(one) == subject(other);
}

/// Numbers, which Hélios may pad otherwise than the flow did.
std::string_view without_zeros(std::string_view number) {
  const std::size_t first = number.find_first_not_of('0');
  return first == std::string_view::npos ? std::string_view() : number.substr(first);
}

bool is_about(const AcquitElement& element, const Bordereau& bordereau) {
  const std::string_view domaine = bordereau.domain == Domain::depense ? "5" : "6";
  const bool is_role = bordereau.domain == Domain::recette && element.domaine == "7";
  return (element.domaine == domaine || is_role) &&
         without_zeros(element.num_bord) == without_zeros(bordereau.id_bord) &&
         (element.exercice_bord.empty() || bordereau.exer.empty() ||
          element.exercice_bord == bordereau.exer);
}

}  // namespace

bool helios::concerns_whole_flow(const AcquitElement& element) {
  constexpr std::array<std::string_view, 5> domaines = {"0", "1", "2", "3", "99"};
  return std::find(domaines.begin(), domaines.end(), element.domaine) != domaines.end();
}

bool AcquitElement::is_accepted() const { return etat == "1" || etat == "true"; }

PesAcquit read_pes_acquit(std::string_view bytes) {
  if (bytes.empty()) throw Error(ErrorCode::input_not_xml, tr("the acquit is empty"));
  xml::require_well_formed(bytes, tr("acquit"));
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_buffer(bytes.data(), bytes.size());
  if (!result) {
    throw Error(ErrorCode::input_not_xml, tr("the acquit cannot be read"), {},
                result.description());
  }
  const pugi::xml_node root = document.document_element();
  const bool refuses_all = has_root(root, "pes_nonacquit");
  if (!refuses_all && !has_root(root, "pes_acquit")) {
    throw Error(ErrorCode::input_not_pes,
                say("the root element is {1}, not PES_ACQUIT", {root.name()}));
  }
  PesAcquit acquit;
  acquit.nom_fic = value(root.child("Enveloppe").child("Parametres"), "NomFic");
  acquit.cod_col = value(root.child("EnTetePES"), "CodCol");
  acquit.dte_str = value(root.child("EnTetePES"), "DteStr");
  for (const pugi::xml_node& node : root.child("ACQUIT").children("ElementACQUIT")) {
    acquit.elements.push_back(read_element(node));
  }
  acquit.outcome = outcome_of(acquit.elements);
  if (acquit.outcome == PesAcquit::Outcome::accepted && has_refusal_anywhere(document)) {
    acquit.outcome = PesAcquit::Outcome::unreadable;
  }
  if (refuses_all) acquit.outcome = PesAcquit::Outcome::refused;
  acquit.technical = std::any_of(
      acquit.elements.begin(), acquit.elements.end(),
      [](const AcquitElement& element) { return element.domaine == "0" && is_refused(element); });
  return acquit;
}

PesAcquit read_pes_acquit_leniently(std::string_view bytes) {
  try {
    return read_pes_acquit(bytes);
  } catch (const Error&) {
    return {};
  }
}

std::vector<AcquitElement> answers_of(const PesAcquit& acquit) {
  std::vector<AcquitElement> answers;
  for (const AcquitElement& element : acquit.elements) {
    const auto known = std::find_if(answers.begin(), answers.end(), [&](const auto& answer) {
      return are_about_one(answer, element);
    });
    if (known == answers.end()) {
      answers.push_back(element);
      continue;
    }
    if (known->is_accepted()) known->etat = element.etat;
    known->errors.insert(known->errors.end(), element.errors.begin(), element.errors.end());
  }
  return answers;
}

std::vector<Bordereau> bordereaux_without_answer(const PesAcquit& acquit, const PesAller& flow) {
  const bool refuses_whole_flow =
      acquit.outcome == PesAcquit::Outcome::refused &&
      (acquit.elements.empty() ||
       std::any_of(acquit.elements.begin(), acquit.elements.end(), helios::concerns_whole_flow));
  if (refuses_whole_flow) return {};
  std::vector<Bordereau> missing;
  for (const Bordereau& bordereau : flow.bordereaux) {
    const bool is_answered =
        std::any_of(acquit.elements.begin(), acquit.elements.end(),
                    [&](const auto& element) { return is_about(element, bordereau); });
    if (!is_answered) missing.push_back(bordereau);
  }
  return missing;
}

std::string etat_ack(const PesAcquit& acquit) {
  const bool ok = acquit.outcome == PesAcquit::Outcome::accepted &&
                  std::all_of(acquit.elements.begin(), acquit.elements.end(),
                              [](const AcquitElement& element) { return element.etat == "1"; });
  return ok ? "1" : "2";
}

std::string domaine_label(std::string_view domaine) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> labels = {{
      {"0", "technique"},
      {"1", "signature technique"},
      {"2", "signature globale"},
      {"3", "signature bordereau"},
      {"4", "PJ"},
      {"5", "dépense"},
      {"6", "recette"},
      {"7", "rôle"},
      {"8", "budget"},
      {"9", "état actif"},
      {"10", "état passif"},
      {"11", "marché"},
      {"12", "facture"},
      {"99", "paramétrage"},
  }};
  const auto* label = std::find_if(labels.begin(), labels.end(), [&](const auto& candidate) {
    return candidate.first == domaine;
  });
  return std::string(label == labels.end() ? domaine : label->second);
}

}  // namespace pes
