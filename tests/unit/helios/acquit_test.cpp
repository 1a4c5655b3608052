#include "pes/error.hpp"
#include "pes/pes_acquit.hpp"
#include "support/file.hpp"
#include "support/shared.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pes {

namespace {

using Outcome = PesAcquit::Outcome;

PesAcquit sample(const char* name) {
  return read_pes_acquit(read_file(test::shared() / "samples" / name, 1'000'000));
}

std::string acquit_of(std::string_view elements) {
  std::string text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
  text += "<n:PES_ACQUIT xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2\">";
  text += "<Enveloppe><Parametres><NomFic V=\"F\"/></Parametres></Enveloppe>";
  text += "<EnTetePES><DteStr V=\"2025-01-16\"/><CodCol V=\"123\"/></EnTetePES><ACQUIT>";
  text += elements;
  text += "</ACQUIT></n:PES_ACQUIT>";
  return text;
}

std::string element(std::string_view domaine, std::string_view etat) {
  std::string text = "<ElementACQUIT><DomaineAck V=\"";
  text += domaine;
  text += "\"/><EtatAck V=\"";
  text += etat;
  text += "\"/></ElementACQUIT>";
  return text;
}

Outcome outcome(std::string_view elements) { return read_pes_acquit(acquit_of(elements)).outcome; }

std::optional<ErrorCode> refusal(std::string_view bytes) {
  try {
    read_pes_acquit(bytes);
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

}  // namespace

TEST_SUITE("helios") {
  TEST_CASE("the acquits of the samples have the outcome their README gives") {
    if (!test::has_shared()) return;
    struct Expected {
      const char* name;
      Outcome outcome;
      bool technical;
      const char* etat;
      std::size_t elements;
      std::size_t errors;
    };
    for (const Expected& expected : std::vector<Expected>{
             {"pes/acquit-ok.xml", Outcome::accepted, false, "1", 5, 0},
             {"pes/acquit-ko-technical-xsd.xml", Outcome::refused, true, "2", 1, 1},
             {"pes/acquit-partial-lines.xml", Outcome::partial, false, "2", 2, 6},
             {"pes/acquit-partial-pieces-recette.xml", Outcome::partial, false, "2", 5, 2},
             {"pes/acquit-partial-pj-duplicate.xml", Outcome::partial, false, "2", 3, 1},
             {"pes/acquit-v1-ko.xml", Outcome::refused, false, "2", 2, 2},
             {"pes/acquit-v1-namespace.xml", Outcome::accepted, false, "1", 9, 0},
             {"tdt/pes_acquit.xml", Outcome::accepted, false, "1", 5, 0},
             {"tdt/pes_acquit_not_valid.xml", Outcome::refused, true, "2", 1, 1},
             {"tdt/pes_acquit_not_valid_without_cod_col.xml", Outcome::refused, true, "2", 1, 1},
             {"tdt/pes_acquit_wrongXsd_Not_Linked_To_Transaction.xml", Outcome::accepted, false,
              "1", 4, 0},
             {"tdt/pastell_pes_acquit.xml", Outcome::accepted, false, "1", 5, 0},
             {"tdt/constructed_pes_acquit_bordereau_ko.xml", Outcome::partial, false, "2", 2, 3},
         }) {
      CAPTURE(std::string(expected.name));
      const PesAcquit acquit = sample(expected.name);
      std::size_t errors = 0;
      for (const AcquitElement& each : acquit.elements) errors += each.errors.size();
      CHECK(acquit.outcome == expected.outcome);
      CHECK(acquit.technical == expected.technical);
      CHECK(etat_ack(acquit) == expected.etat);
      CHECK(acquit.elements.size() == expected.elements);
      CHECK(errors == expected.errors);
    }
  }

  TEST_CASE("other messages of the samples are no acquits") {
    if (!test::has_shared()) return;
    for (const char* name :
         {"pes/acquit-retour.xml", "pes/acquit-wrong-root.xml", "pes/retour-dep-accents.xml",
          "pes/retour-dep-rejected.xml", "pes/aller-empty.xml", "tdt/wrong_root.xml",
          "tdt/PES_ACQUIT_RETOUR.xml", "tdt/pes_retour.xml", "tdt/pastell_pes_retour_accents.xml",
          "tdt/derived_pes_retour_nonabonne.xml", "tdt/answer_import_ok.xml",
          "tdt/answer_import_ko_doublon.xml", "tdt/answer_status_2.xml",
          "tdt/answer_retour_list.xml"}) {
      CAPTURE(std::string(name));
      CHECK(refusal(read_file(test::shared() / "samples" / name, 1'000'000)) ==
            ErrorCode::input_not_pes);
    }
  }

  TEST_CASE("errors are read at the three levels, with their accents") {
    if (!test::has_shared()) return;
    const PesAcquit acquit = sample("tdt/constructed_pes_acquit_bordereau_ko.xml");

    CHECK(acquit.nom_fic == "03f432a4f6d35110bf309fb525eb61f7");
    CHECK(acquit.cod_col == "123");
    CHECK(acquit.dte_str == "2015-06-17");
    REQUIRE(acquit.elements.size() == 2);
    const AcquitElement& refused = acquit.elements[1];
    CHECK(refused.domaine == "5");
    CHECK(refused.num_bord == "12346");
    CHECK(refused.exercice_bord == "2009");
    REQUIRE(refused.errors.size() == 3);
    CHECK(refused.errors[0].num_piece.empty());
    CHECK(refused.errors[0].num_ano == "ERREUR_DOUBLON_BORDEREAU");
    CHECK(refused.errors[0].libelle == "Bordereau déjà reçu");
    CHECK(refused.errors[1].num_piece == "833");
    CHECK(refused.errors[1].num_ligne.empty());
    CHECK(refused.errors[2].num_piece == "833");
    CHECK(refused.errors[2].num_ligne == "1");
    CHECK(refused.errors[2].libelle == "Fonction inconnue");
  }

  TEST_CASE("the older acquit has its error flat in the element") {
    if (!test::has_shared()) return;
    const PesAcquit acquit = sample("pes/acquit-v1-ko.xml");

    REQUIRE(acquit.elements.size() == 2);
    REQUIRE(acquit.elements[1].errors.size() == 1);
    CHECK(acquit.elements[1].num_bord == "102");
    CHECK(acquit.elements[1].errors[0].num_piece == "1003");
    CHECK(acquit.elements[1].errors[0].num_ligne == "1");
    CHECK(acquit.elements[1].errors[0].num_ano == "ERREUR_CODIFICATION");
    CHECK(acquit.elements[1].errors[0].libelle == "Mode de règlement erroné");
  }

  TEST_CASE("the outcome follows the states of the elements") {
    CHECK(outcome(element("5", "1") + element("4", "1")) == Outcome::accepted);
    CHECK(outcome(element("5", "1") + element("4", "0")) == Outcome::partial);
    CHECK(outcome(element("5", "0") + element("4", "0")) == Outcome::refused);
    CHECK(outcome(element("5", "true") + element("4", "false")) == Outcome::partial);
    for (const char* domaine : {"0", "1", "2", "3", "99"}) {
      CAPTURE(std::string(domaine));
      CHECK(outcome(element(domaine, "0") + element("5", "1")) == Outcome::refused);
      CHECK(outcome(element(domaine, "1") + element("5", "0")) == Outcome::partial);
    }
  }

  TEST_CASE("no element or an unknown state is never an acceptance") {
    CHECK(outcome("") == Outcome::unreadable);
    CHECK(outcome(element("5", "2")) == Outcome::unreadable);
    CHECK(outcome(element("5", "1") + element("5", "")) == Outcome::unreadable);
    CHECK(outcome(element("5", "1") + "<ElementACQUIT><DomaineAck V='5'/></ElementACQUIT>") ==
          Outcome::unreadable);
    CHECK(etat_ack(read_pes_acquit(acquit_of(""))) == "2");
    CHECK(etat_ack(read_pes_acquit(acquit_of(element("5", "true")))) == "2");
    CHECK(etat_ack(read_pes_acquit(acquit_of(element("5", "1")))) == "1");
  }

  TEST_CASE("a state that refuses where none is read keeps the acquit from being an acceptance") {
    const std::string accepted = element("5", "1");
    for (const std::string& elements : std::vector<std::string>{
             accepted + "<EtatAck V='0'/>",
             "<ElementACQUIT><DomaineAck V='5'/><EtatAck V='1'/><EtatAck V='0'/></ElementACQUIT>",
             accepted + "</ACQUIT><ACQUIT>" + element("4", "0"),
             accepted + "<n:ElementACQUIT><n:EtatAck V='0'/></n:ElementACQUIT>"}) {
      CAPTURE(elements);
      const PesAcquit acquit = read_pes_acquit(acquit_of(elements));
      CHECK(acquit.outcome == Outcome::unreadable);
      CHECK(etat_ack(acquit) == "2");
    }
  }

  TEST_CASE("only a refusal in domain 0 is technical") {
    CHECK(read_pes_acquit(acquit_of(element("0", "0"))).technical);
    CHECK_FALSE(read_pes_acquit(acquit_of(element("0", "1"))).technical);
    CHECK_FALSE(read_pes_acquit(acquit_of(element("1", "0"))).technical);
  }

  TEST_CASE("what is no XML, or has a DOCTYPE, is no acquit") {
    CHECK(refusal("") == ErrorCode::input_not_xml);
    CHECK(refusal("<br>helios Tansaction_class: sendAcquit") == ErrorCode::input_not_xml);
    CHECK(refusal("<PES_ACQUIT><ACQUIT></PES_ACQUIT>") == ErrorCode::input_not_xml);
    CHECK(refusal("<!DOCTYPE PES_ACQUIT><PES_ACQUIT/>") == ErrorCode::input_doctype);
    CHECK(refusal("<Autre/>") == ErrorCode::input_not_pes);
    CHECK_FALSE(refusal("<PES_ACQUIT/>"));
  }

  TEST_CASE("accents are read in the encoding of the acquit") {
    const std::string content = element("5", "1");
    const auto nom_fic = [](const std::string& declaration, const std::string& value) {
      return read_pes_acquit(declaration + "<PES_ACQUIT><Enveloppe><Parametres><NomFic V='" +
                             value + "'/></Parametres></Enveloppe></PES_ACQUIT>")
          .nom_fic;
    };
    CHECK(nom_fic("<?xml version='1.0' encoding='ISO-8859-1'?>", "\xE9") == "é");
    CHECK(nom_fic("<?xml version='1.0' encoding='UTF-8'?>", "é") == "é");
    CHECK(nom_fic("", "é&#xE9;") == "éé");
    CHECK(nom_fic("<?xml version='1.0' encoding='windows-1252'?>", "\xE9") == "é");
  }

  TEST_CASE("PES_NonAcquit refuses the whole flow, whatever it holds") {
    for (const std::string& bytes : std::vector<std::string>{
             "<PES_NonAcquit/>",
             "<PES_NONACQUIT><ACQUIT>" + element("5", "1") + "</ACQUIT></PES_NONACQUIT>"}) {
      CAPTURE(bytes);
      CHECK(read_pes_acquit(bytes).outcome == Outcome::refused);
      CHECK(etat_ack(read_pes_acquit(bytes)) == "2");
    }
  }

  TEST_CASE("what came and cannot be read at all is an unreadable acquit") {
    for (const char* bytes : {"", "<PES_ACQUIT>", "<!DOCTYPE a><PES_ACQUIT/>", "<Autre/>"}) {
      CAPTURE(std::string(bytes));
      CHECK(read_pes_acquit_leniently(bytes).outcome == Outcome::unreadable);
      CHECK(etat_ack(read_pes_acquit_leniently(bytes)) == "2");
    }
    CHECK(read_pes_acquit_leniently(acquit_of(element("5", "1"))).outcome == Outcome::accepted);
  }

  TEST_CASE("a bordereau that comes once a refused piece is answered once, with all its errors") {
    const auto about_7 = [](const char* etat, const char* piece) {
      return std::string("<ElementACQUIT><DomaineAck V='6'/><EtatAck V='") + etat +
             "'/><NumBord V='7'/><ExerciceBord V='2025'/><DetailPiece><NumPiece V='" + piece +
             "'/><Erreur><NumAnoAck V='ERREUR_AUTRE'/></Erreur></DetailPiece></ElementACQUIT>";
    };
    const PesAcquit acquit = read_pes_acquit(
        acquit_of(about_7("1", "1") + element("4", "1") + about_7("0", "2") + element("4", "1")));

    const std::vector<AcquitElement> answers = answers_of(acquit);

    REQUIRE(answers.size() == 3);  // two PJ that nothing names stay two
    CHECK(answers[0].num_bord == "7");
    CHECK_FALSE(answers[0].is_accepted());
    REQUIRE(answers[0].errors.size() == 2);
    CHECK(answers[0].errors[1].num_piece == "2");
  }

  TEST_CASE("a bordereau of the flow that the acquit does not speak of is told") {
    PesAller flow;
    for (const auto& [domain, number] :
         {std::pair(Domain::depense, "041"), std::pair(Domain::recette, "41"),
          std::pair(Domain::recette, "42")}) {
      Bordereau bordereau;
      bordereau.domain = domain;
      bordereau.exer = "2022";
      bordereau.id_bord = number;
      flow.bordereaux.push_back(bordereau);
    }
    const auto missing = [&](const std::string& elements) {
      std::string numbers;
      for (const Bordereau& bordereau :
           bordereaux_without_answer(read_pes_acquit(acquit_of(elements)), flow)) {
        numbers += (bordereau.domain == Domain::depense ? "d" : "r") + bordereau.id_bord + " ";
      }
      return numbers;
    };
    const auto about = [](const char* domaine, const char* number) {
      return std::string("<ElementACQUIT><DomaineAck V='") + domaine +
             "'/><EtatAck V='1'/><NumBord V='" + number +
             "'/><ExerciceBord V='2022'/></ElementACQUIT>";
    };

    CHECK(missing(about("5", "41") + about("6", "41") + about("7", "42")) == "");
    CHECK(missing(about("5", "0041")) == "r41 r42 ");
    CHECK(missing(about("6", "42")) == "d041 r41 ");
    // A flow refused as a whole has all its bordereaux refused.
    CHECK(missing(element("0", "0")) == "");
  }

  TEST_CASE("every code of the schemas has a meaning, and those numbers that were met") {
    const auto meaning = [](const char* code, const char* libelle) {
      return meaning_of({.num_piece = {}, .num_ligne = {}, .num_ano = code, .libelle = libelle});
    };
    for (const char* code : {"ERREUR_CONNECTION_IMPOSSIBLE_A_LA_BASE",
                             "ERREUR_TIMEOUT",
                             "ERREUR_ENCODING",
                             "ERREUR_FLUX_VIDE",
                             "ERREUR_SCHEMA_INCOMPLET",
                             "ERREUR_CODIFICATION",
                             "ERREUR_CODIQUE",
                             "ERREUR_SIRET",
                             "ERREUR_CODE_COLLECTIVITE_BUDGET",
                             "ERREUR_VERSION_PES",
                             "ERREUR_VERSION_PJ",
                             "ERREUR_SIGNATURE_INVALIDE",
                             "ERREUR_SIGNATURE_ILLISIBLE",
                             "ERREUR_SIGNATURE_INCOMPLETE",
                             "ERREUR_SIGNATURE_BORDEREAU_INVALIDE",
                             "ERREUR_SIGNATURE_BORDEREAU_ILLISIBLE",
                             "ERREUR_SIGNATURE_BORDEREAU_INCOMPLETE",
                             "ERREUR_SIGNATURE_EXTERNE",
                             "ERREUR_CERTIFICAT",
                             "ERREUR_PES_PARAM",
                             "ERREUR_PES_SIGNATURE",
                             "ERREUR_PES_PARAM_SIGNATURE",
                             "ERREUR_DOUBLON_BORDEREAU",
                             "ERREUR_DOUBLON_PIECE",
                             "ERREUR_DOUBLON_LIGNE",
                             "ERREUR_DOUBLON_PJ",
                             "ERREUR_TAILLE_BORDEREAUX",
                             "ERREUR_TAILLE_PIECE",
                             "ERREUR_TAILLE_LIGNE",
                             "ERREUR_PJ",
                             "ERREUR_PJ_SIGNEE",
                             "ERREUR_MONTANT_TVA_ZERO_NEGATIF",
                             "ERREUR_CUMUL_MONTANTS"}) {
      CAPTURE(std::string(code));
      CHECK_FALSE(meaning(code, "").empty());
    }
    for (const char* number : {"1971", "1984", "2183", "2184", "2185", "2441", "2559"}) {
      CAPTURE(std::string(number));
      CHECK_FALSE(meaning("ERREUR_AUTRE", (std::string(number) + " - texte").c_str()).empty());
    }
    CHECK(
        meaning("ERREUR_AUTRE", "Flux refusé (Boite 1) : Erreur de validation XSD").find("line") !=
        std::string::npos);
    CHECK(meaning("ERREUR_AUTRE", "9999 - texte").empty());
    CHECK(meaning("ERREUR_AUTRE", "").empty());
    CHECK(meaning("ERREUR_NOUVELLE", "").empty());
  }

  TEST_CASE("the acquits of the samples explain most of their errors") {
    if (!test::has_shared()) return;
    std::size_t explained = 0;
    for (const char* name :
         {"pes/acquit-ko-technical-xsd.xml", "pes/acquit-partial-pj-duplicate.xml",
          "tdt/constructed_pes_acquit_bordereau_ko.xml"}) {
      for (const AcquitElement& element : sample(name).elements) {
        for (const AcquitError& error : element.errors) {
          if (!meaning_of(error).empty()) ++explained;
        }
      }
    }
    CHECK(explained == 5);
  }

  TEST_CASE("a domain has its label, an unknown one its number") {
    CHECK(domaine_label("0") == "technique");
    CHECK(domaine_label("5") == "dépense");
    CHECK(domaine_label("7") == "rôle");
    CHECK(domaine_label("99") == "paramétrage");
    CHECK(domaine_label("42") == "42");
    CHECK(domaine_label("").empty());
  }
}

}  // namespace pes
