#include "pes/pes_aller.hpp"

#include "pes/error.hpp"
#include "support/shared.hpp"
#include "unit/helios/documents.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

namespace pes {

namespace {

using Values = std::vector<std::string>;

PesAller sample(const char* name) { return read_pes_aller(test::shared() / "samples" / name); }

PesAller read(const std::string& text, const ReadLimits& limits = {}) {
  const test::WrittenFile file(text);
  return read_pes_aller(file.path(), limits);
}

std::optional<Error> refusal(const std::string& text, const ReadLimits& limits = {}) {
  try {
    read(text, limits);
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

ErrorCode refusal_code(const std::string& text, const ReadLimits& limits = {}) {
  const std::optional<Error> error = refusal(text, limits);
  REQUIRE(error);
  return error->code();
}

}  // namespace

TEST_SUITE("helios") {
  TEST_CASE("a dépense of three bordereaux is read") {
    if (!test::has_shared()) return;
    const PesAller flow = sample("pes/aller-dep-three-bordereaux.xml");

    CHECK(flow.size == 6461);
    CHECK(flow.encoding == "ISO-8859-1");
    CHECK(flow.latin1_in_first_50);
    CHECK_FALSE(flow.c1_bytes);
    CHECK(flow.root_id.empty());
    CHECK(flow.version == "2");
    CHECK(flow.typ_fic == "PESALR2");
    CHECK(flow.nom_fic == "PESALR2_21990001600011_250115_003.xml");
    CHECK(flow.dte_str == "2025-01-15");
    CHECK(flow.id_post == "034000");
    CHECK(flow.id_coll == "21990001600011");
    CHECK(flow.cod_col == "123");
    CHECK(flow.cod_bud == "00");
    CHECK(flow.libelle_col_bud == "Commune d'Exemple-lès-Essais");
    CHECK(flow.domains() == "PES_DepenseAller");
    CHECK(flow.has_pj);
    CHECK(flow.demat_depense == "0");
    CHECK_FALSE(flow.demat_recette);
    CHECK(flow.exercices == Values{"2025"});
    CHECK(flow.id_bords == Values{"101", "102", "103"});
    CHECK(flow.id_pces == Values{"1001", "1002", "1003", "1004"});
    CHECK(flow.natures == Values{"60611", "6156", "2188"});
    CHECK(flow.fonctions == Values{"020", "211"});
    CHECK(flow.id_pjs == Values{"21990001600011DEP2025A1", "21990001600011DEP2025A2"});
    CHECK(flow.signatures == 0);
    REQUIRE(flow.bordereaux.size() == 3);
    const Bordereau& first = flow.bordereaux[0];
    CHECK(first.domain == Domain::depense);
    CHECK(first.id == "B101");
    CHECK(first.exer == "2025");
    CHECK(first.id_bord == "101");
    CHECK(first.dte_bord_em == "2025-01-15");
    CHECK(first.typ_bord == "01");
    CHECK(first.nbr_pce == "2");
    CHECK(first.mt_cumul_annuel == "1430.39");
    CHECK(first.mt_bord_ht == "1430.39");
    CHECK(first.mt_bord_tva == "286.08");
    CHECK(first.pieces == 2);
    CHECK(first.lignes == 3);
    CHECK(first.line == 30);
    CHECK_FALSE(first.is_signed);
    CHECK(flow.bordereaux[2].mt_bord_tva.empty());
  }

  TEST_CASE("a recette has its own spellings") {
    if (!test::has_shared()) return;
    const PesAller flow = sample("pes/aller-rec-two-bordereaux.xml");

    CHECK(flow.root_id == "PES2025REC1");
    CHECK(flow.domains() == "PES_RecetteAller");
    CHECK(flow.demat_recette == "0");
    REQUIRE(flow.bordereaux.size() == 2);
    CHECK(flow.bordereaux[0].domain == Domain::recette);
    CHECK(flow.bordereaux[0].id == "R31");
    CHECK_FALSE(flow.bordereaux[0].mt_bord_ht.empty());
    CHECK(flow.id_pces.size() == 3);
    CHECK_FALSE(flow.natures.empty());
  }

  TEST_CASE("a flow of PJ alone has its year in RefCompta") {
    if (!test::has_shared()) return;
    const PesAller flow = sample("pes/aller-pj-alone.xml");

    CHECK(flow.domains() == "PES_PJ");
    CHECK(flow.exercices == Values{"2025"});
    CHECK(flow.id_pjs.size() == 2);
    CHECK(flow.bordereaux.empty());
  }

  TEST_CASE("signatures are seen where they stand") {
    if (!test::has_shared()) return;
    const PesAller by_bordereau = sample("signed/bordereau/pastell-fichier_signe.xml");
    CHECK(by_bordereau.signatures == 1);
    CHECK(by_bordereau.bordereaux.at(0).is_signed);
    CHECK_FALSE(by_bordereau.root_is_signed);

    const PesAller whole = sample("signed/root/s2low-HELIOS_SIMU_ALR2_1445334258_694103934.xml");
    CHECK(whole.signatures == 1);
    CHECK_FALSE(whole.bordereaux.at(0).is_signed);
    CHECK(whole.root_is_signed);
  }

  TEST_CASE("accents are UTF-8 whatever the encoding of the file") {
    if (!test::has_shared()) return;
    CHECK(sample("tdt/derived_pes_aller_accent_NomFic.xml").nom_fic ==
          "PESALR220001861200016Trésorerie_de_M20141205152530.xml");
  }

  TEST_CASE("domains are named in the order of the bordereau, PES_PJ only when alone") {
    PesAller flow;
    CHECK(flow.domains().empty());
    flow.has_pj = true;
    CHECK(flow.domains() == "PES_PJ");
    flow.has_depense = flow.has_recette = flow.has_facture = flow.has_marche = true;
    CHECK(flow.domains() == "PES_RecetteAller, PES_DepenseAller, PES_Facture, PES_Marche");
  }

  TEST_CASE("only what stands in its place is read") {
    const PesAller flow = read(test::flow_of(
        "<NomFic V='a'/><EnTetePES><NomFic V='b'/></EnTetePES>"
        "<Enveloppe><Parametres><x><NomFic V='c'/></x><n:NomFic V='d'/>"
        "<NomFic V='right'/><NomFic V='second'/></Parametres></Enveloppe>"
        "<PES_PJ><Bordereau Id='x'><BlocBordereau><IdBord V='9'/></BlocBordereau></Bordereau>"
        "<PES_DepenseAller/></PES_PJ>"
        "<PES_RecetteAller><Bordereau><Piece><BlocPiece><IdPce V='5'/></BlocPiece></Piece>"
        "<Piece><BlocPiece><InfoPce><IdPce V='6'/></InfoPce></BlocPiece></Piece>"
        "<Piece><BlocPiece><IdPce V='5'/></BlocPiece></Piece></Bordereau></PES_RecetteAller>"));

    CHECK(flow.nom_fic == "right");
    CHECK_FALSE(flow.has_depense);
    CHECK(flow.bordereaux.size() == 1);
    CHECK(flow.id_bords.empty());
    CHECK(flow.id_pces == Values{"5", "6"});
    CHECK(flow.bordereaux[0].pieces == 3);
  }

  TEST_CASE("the TdT's own test of the encoding is textual") {
    const auto announced = [](const std::string& declaration) {
      return read(declaration +
                  "<n:PES_Aller "
                  "xmlns:n='http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller'/>")
          .latin1_in_first_50;
    };
    CHECK(announced("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"));
    CHECK(announced("<?xml version='1.0' encoding='iso-8859-1'?>"));
    CHECK(announced("<?xml version='1.0' encoding='ISO-8859-15'?>"));
    CHECK_FALSE(announced("<?xml version='1.0' encoding='UTF-8'?>"));
    CHECK_FALSE(announced(""));
    CHECK_FALSE(announced("<?xml  version = '1.0'           encoding='ISO-8859-1'?>"));
    CHECK(announced("<?xml version='1.0'?><!--ISO-8859-1-->"));
  }

  TEST_CASE("Windows-1252 bytes are seen in an ISO-8859-1 file only") {
    const std::string content =
        "<Enveloppe><Parametres><NomFic V='\x80'/></Parametres></Enveloppe>";
    CHECK(read(test::flow_of(content)).c1_bytes);
    CHECK(read(test::flow_of(content)).nom_fic == "\xC2\x80");
    CHECK_FALSE(read(test::flow_of("<Enveloppe/>")).c1_bytes);

    std::string windows = test::flow_of(content);
    windows.replace(windows.find("ISO-8859-1"), 10, "windows-1252");
    CHECK_FALSE(read(windows).c1_bytes);
    CHECK(read(windows).nom_fic == "€");
  }

  TEST_CASE("what cannot be read says why") {
    CHECK_THROWS_AS(read_pes_aller("/no/such/file"), Error);
    CHECK(refusal_code("") == ErrorCode::input_empty);
    CHECK(refusal_code("no xml at all") == ErrorCode::input_not_xml);
    CHECK(refusal_code(test::flow_of("<a>")) == ErrorCode::input_not_xml);
    CHECK(refusal_code("<!DOCTYPE a><a/>") == ErrorCode::input_doctype);
    CHECK(refusal_code("<PES_Aller/>") == ErrorCode::input_not_pes);
    CHECK(refusal_code("<?xml version='1.0' encoding='klingon'?><a/>") ==
          ErrorCode::input_encoding);
    std::string broken = test::flow_of("<a V='\xE9'/>");
    broken.replace(broken.find("ISO-8859-1"), 10, "UTF-8");
    CHECK(refusal_code(broken) == ErrorCode::input_encoding);
    CHECK(refusal_code(test::flow_of(""), {.max_bytes = 100}) == ErrorCode::input_too_large);
    CHECK(refusal_code(test::flow_of("<a><b/></a>"), {.max_depth = 2}) ==
          ErrorCode::input_too_large);
  }

  TEST_CASE("attributes and declarations of one element are bounded, whichever parser reads") {
    const std::string element = "\n<a b='' c='' d='' xmlns:e='urn:e'/>";
    const std::string plain = test::flow_of(element);
    std::string other = plain;  // in an encoding that only libxml2 reads
    other.replace(other.find("ISO-8859-1"), 10, "ISO-8859-15");

    for (const std::string& text : {plain, other}) {
      CAPTURE(text);
      const std::optional<Error> error = refusal(text, {.max_attributes = 3});
      REQUIRE(error);
      CHECK(error->code() == ErrorCode::input_too_large);
      CHECK(error->message().find("flow.xml:3:1: an element has more than 3 attributes") !=
            std::string::npos);
      CHECK_FALSE(refusal(text, {.max_attributes = 4}));
    }
    std::string many = "<a";
    for (int i = 0; i < 300; ++i) many += " b" + std::to_string(i) + "=''";
    CHECK(refusal_code(test::flow_of(many + "/>")) == ErrorCode::input_too_large);
  }

  TEST_CASE("signatures are bounded by their number and by what they take together") {
    const std::string signature = "\n<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>";
    const std::string text = test::flow_of(signature + signature + signature);
    const auto message = [&](const ReadLimits& limits) {
      const std::optional<Error> error = refusal(text, limits);
      return error && error->code() == ErrorCode::input_too_large ? error->message() : "";
    };

    CHECK(message({.max_signatures = 2}).find("flow.xml:5:1: it has more than 2 signatures") !=
          std::string::npos);
    CHECK_FALSE(refusal(text, {.max_signatures = 3}));
    CHECK(message({.max_signature_bytes = 400}).find("flow.xml:") != std::string::npos);
    CHECK(message({.max_signature_bytes = 400}).find("take more than 400 bytes") !=
          std::string::npos);
    CHECK_FALSE(refusal(text, {.max_signature_bytes = 4000}));
    std::string many;
    for (int i = 0; i < 5'001; ++i) many += signature;
    CHECK(refusal_code(test::flow_of(many)) == ErrorCode::input_too_large);
  }

  TEST_CASE("what is in scope of each signature counts, though it be written once") {
    const std::string scope = "<a xmlns:n='" + std::string(100'000, 'x') + "'>";
    const std::string signature = "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>";
    std::string signatures;
    for (int i = 0; i < 11; ++i) signatures += signature;

    CHECK(refusal_code(test::flow_of(scope + signatures + "</a>"),
                       {.max_signature_bytes = 1'000'000}) == ErrorCode::input_too_large);
  }

  TEST_CASE("another root is named with its place") {
    const std::optional<Error> error =
        refusal("<?xml version='1.0'?>\n <p:PES_Retour xmlns:p='urn:p'/>");
    REQUIRE(error);
    CHECK(error->code() == ErrorCode::input_not_pes);
    CHECK(error->message().find("flow.xml:2:2: the root element is {urn:p}PES_Retour") !=
          std::string::npos);
  }

  TEST_CASE("a truncated sample is refused where it ends") {
    if (!test::has_shared()) return;
    const auto path = test::shared() / "samples/pes/aller-dep-malformed-truncated.xml";
    try {
      read_pes_aller(path);
      FAIL("the truncated file was read");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::input_not_xml);
      CHECK(error.message() == path.native() + ":54:22: not well-formed XML");
    }
  }

  TEST_CASE("other messages of the samples are no PES Aller") {
    if (!test::has_shared()) return;
    for (const char* name :
         {"pes/retour-dep-accents.xml", "pes/retour-dep-rejected.xml", "pes/acquit-retour.xml",
          "pes/acquit-wrong-root.xml", "pes/acquit-ok.xml", "tdt/PES_ACQUIT_RETOUR.xml",
          "tdt/pes_retour.xml", "tdt/derived_pes_retour_nonabonne.xml",
          "tdt/pastell_pes_retour_accents.xml", "tdt/wrong_root.xml"}) {
      CAPTURE(std::string(name));
      try {
        sample(name);
        FAIL("it was read");
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::input_not_pes);
      }
    }
  }

  TEST_CASE("a flow cut anywhere is refused as not well-formed, never as our fault") {
    const std::string whole = test::flow_of(
        "<PES_DepenseAller><!-- c --><Bordereau Id='B'/>"
        "</PES_DepenseAller>");

    // Before, the name of the encoding may be what is cut.
    const std::size_t declaration = whole.find("?>") + 2;
    for (std::size_t length = declaration; length < whole.size(); ++length) {
      CAPTURE(length);
      // What follows the root's end may be missing.
      if (whole.find_first_not_of(" \n", length) == std::string::npos) break;
      CHECK(refusal_code(whole.substr(0, length)) == ErrorCode::input_not_xml);
    }
  }

  TEST_CASE("more bordereaux than any flow has are refused") {
    std::string content = "<PES_DepenseAller>";
    for (int i = 0; i < 100'001; ++i) content += "<Bordereau/>";
    CHECK(refusal_code(test::flow_of(content + "</PES_DepenseAller>")) ==
          ErrorCode::input_too_large);
  }
}

}  // namespace pes
