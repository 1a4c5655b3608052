#include "pes/error.hpp"
#include "pes/pes_retour.hpp"
#include "support/file.hpp"
#include "support/refusal.hpp"
#include "support/shared.hpp"

#include <doctest/doctest.h>

#include <string>

namespace pes {

namespace {

PesRetour sample(const std::string& name) {
  return read_pes_retour(read_file(test::shared() / "samples" / name, 1'000'000), name);
}

std::string retour_of(std::string_view content) {
  std::string text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
  text += "<n:PES_Retour xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour\">";
  text += content;
  return text + "</n:PES_Retour>";
}

}  // namespace

TEST_SUITE("helios") {
  TEST_CASE("a PES Retour is read down to its lines, with its accents") {
    if (!test::has_shared()) return;

    const PesRetour retour = sample("pes/retour-dep-rejected.xml");

    CHECK(retour.typ_fic == "PES2R_DEP");
    CHECK(retour.id_coll == "21990001600011");
    CHECK(retour.libelle_col_bud == "Commune d'Exemple-lès-Essais");
    CHECK(retour.typ_restit == "01");
    CHECK(retour.domains() == "PES_DepenseRetour");
    REQUIRE(retour.bordereaux.size() == 1);
    const RetourBordereau& bordereau = retour.bordereaux.front();
    CHECK(bordereau.id_bord == "101");
    CHECK_FALSE(bordereau.asks_for_regularisation());
    REQUIRE(bordereau.pieces.size() == 2);
    CHECK(bordereau.pieces[0].etat == "04");
    CHECK(bordereau.pieces[0].obs_etat == "01-04");
    CHECK(bordereau.pieces[0].commentaire == "Facture illisible, montant erroné");
    CHECK(bordereau.pieces[0].dte_rej == "2025-01-17");
    CHECK_FALSE(bordereau.pieces[0].number_is_lost());
    REQUIRE(bordereau.pieces[1].lignes.size() == 1);
    CHECK(bordereau.pieces[1].lignes[0].etat == "16");
    CHECK(bordereau.pieces[1].lignes[0].mt_ht == "99.99");
  }

  TEST_CASE("the PES Retours of the field are read") {
    if (!test::has_shared()) return;
    for (const char* name :
         {"pes/retour-dep-accents.xml", "tdt/pes_retour.xml", "tdt/pastell_pes_retour_accents.xml",
          "tdt/derived_pes_retour_nonabonne.xml"}) {
      CAPTURE(std::string(name));
      const PesRetour retour = sample(name);
      CHECK_FALSE(retour.id_coll.empty());
      CHECK_FALSE(retour.bordereaux.empty());
    }
  }

  TEST_CASE("a recette, an ORMC and what clients owe are told apart") {
    const PesRetour retour = read_pes_retour(
        retour_of(
            "<EnTetePES><CodCol V=\"123\"/></EnTetePES>"
            "<PES_RecetteRetour><EnTeteRecette><TypRestit V=\"02\"/></EnTeteRecette>"
            "<Bordereau><BlocBordereau><IdBord V=\"7\"/><TypBord V=\"05\"/></BlocBordereau>"
            "<Piece><BlocPiece><IdPce V=\"8\"/><EtatPce V=\"04\"/><DtePcePec V=\"2026-01-02\"/>"
            "<DtePceRej V=\"2026-01-03\"/></BlocPiece><LigneDePiece><BlocLignePiece>"
            "<InfoLignePiece><IdLigne V=\"1\"/><EtatLigPce V=\"05\"/></InfoLignePiece>"
            "<InfoRecouvrement><MtRecoTot V=\"12.50\"/></InfoRecouvrement></BlocLignePiece>"
            "</LigneDePiece></Piece></Bordereau>"
            "<Bordereau><BordereauORMCGlobal><IdBord V=\"9\"/><MtTTC V=\"100\"/>"
            "<DtePec V=\"2026-01-04\"/></BordereauORMCGlobal></Bordereau></PES_RecetteRetour>"
            "<PES_ClientRetour><Client><RefTiers V=\"T1\"/><ResteARecouvrer>"
            "<CodProdLoc V=\"01\"/><Rar V=\"3.00\"/></ResteARecouvrer><ResteARecouvrer>"
            "<Rar V=\"4.00\"/></ResteARecouvrer></Client></PES_ClientRetour>"),
        "r.xml");

    CHECK(retour.cod_coll == "123");
    CHECK(retour.domains() == "PES_RecetteRetour, PES_ClientRetour");
    REQUIRE(retour.bordereaux.size() == 2);
    CHECK(retour.bordereaux[0].domain == Domain::recette);
    CHECK(retour.bordereaux[0].asks_for_regularisation());
    REQUIRE(retour.bordereaux[0].pieces.size() == 1);
    CHECK(retour.bordereaux[0].pieces[0].number_is_lost());
    CHECK(retour.bordereaux[0].pieces[0].lignes[0].mt_regle == "12.50");
    CHECK(retour.bordereaux[1].id_bord == "9");
    CHECK(retour.bordereaux[1].mt_ttc == "100");
    CHECK(retour.bordereaux[1].pieces.empty());
    REQUIRE(retour.restes.size() == 2);
    CHECK(retour.restes[0].ref_tiers == "T1");
    CHECK(retour.restes[1].ref_tiers == "T1");
    CHECK(retour.restes[1].rar == "4.00");
  }

  TEST_CASE("what is missing or out of place is empty, never a failure") {
    const PesRetour bare = read_pes_retour(retour_of(""), "r.xml");
    const PesRetour odd = read_pes_retour(
        retour_of("<Piece><InfoPiece><IdPce V=\"1\"/></InfoPiece></Piece><LigneDePiece/>"
                  "<ResteARecouvrer><Rar/></ResteARecouvrer>"),
        "r.xml");

    CHECK(bare.bordereaux.empty());
    CHECK(bare.domains().empty());
    CHECK(odd.bordereaux.empty());
    CHECK(odd.restes.size() == 1);
  }

  TEST_CASE("what is no PES Retour is refused by name") {
    const auto code = [](std::string_view bytes) {
      return test::refusal([&] { (void)read_pes_retour(bytes, "r.xml"); }).code();
    };

    CHECK(code("") == ErrorCode::input_empty);
    CHECK(code("<PES_ACQUIT/>") == ErrorCode::input_not_pes);
    CHECK(code("<PES_Retour>") == ErrorCode::input_not_xml);
    CHECK(code("<!DOCTYPE a><PES_Retour/>") == ErrorCode::input_doctype);
  }

  TEST_CASE("the same code means other things in a dépense and in a recette") {
    CHECK(etat_pce_label(Domain::depense, "05") == "soldé");
    CHECK(etat_pce_label(Domain::recette, "05") == "annulé");
    CHECK(etat_lig_pce_label(Domain::depense, "02") == "rejetée");
    CHECK(etat_lig_pce_label(Domain::recette, "02") == "annulée");
    CHECK(obs_etat_label(Domain::depense, "03") == "crédits insuffisants");
    CHECK(obs_etat_label(Domain::recette, "03") == "débiteur non indiqué");
    CHECK(typ_bord_label(Domain::depense, "03") == "ordres de paiement");
    CHECK(typ_bord_label(Domain::recette, "03") == "ordres de recette");
    CHECK(typ_restit_label("01") == "rejets et mises en instance");
  }

  TEST_CASE("several reasons are given together, and an unknown code as it stands") {
    CHECK(obs_etat_label(Domain::depense, "01-04") ==
          "PJ absentes ou invalides ; liquidation erronée");
    CHECK(obs_etat_label(Domain::depense, "12-04") == "12 ; liquidation erronée");
    CHECK(obs_etat_label(Domain::depense, "") == "");
    CHECK(etat_pce_label(Domain::depense, "03") == "03");
    CHECK(typ_restit_label("AA") == "AA");
  }
}

}  // namespace pes
