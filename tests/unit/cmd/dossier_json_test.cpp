#include "dossier_json.hpp"

#include "sample.hpp"

#include <doctest/doctest.h>

TEST_SUITE("cmd") {
  TEST_CASE("a row of a list has the names of Pastell's API, in a fixed order") {
    const auto row =
        pes::cmd::dossier_row(pes::test::tutorial_dossier(), pes::test::tutorial_entities());

    CHECK(row.dump() ==
          "{\"id_d\":\"O5uC72H\",\"id_e\":\"2\",\"denomination\":\"test\",\"type\":"
          "\"pes-avec-signature\",\"document_type_libelle\":\"PES (avec signature)\",\"titre\":"
          "\"TEST-PES-0322\",\"creation\":\"2022-03-02T14:48:08Z\",\"modification\":"
          "\"2022-03-02T14:48:18Z\",\"last_action\":\"modification\",\"last_action_libelle\":\"En "
          "cours de rédaction\",\"last_action_date\":\"2022-03-02T14:48:18Z\",\"dte_str\":null,"
          "\"cod_bud\":null,\"pes_etat_ack\":null}");
  }

  TEST_CASE("the detail adds the form, the fields, the files and the states") {
    const auto detail =
        pes::cmd::dossier_detail(pes::test::tutorial_dossier(), pes::test::tutorial_entities());

    CHECK(detail["formulaire_ok"] == 0);
    CHECK(detail["message"] ==
          "Le formulaire est incomplet : le champ «Signer le fichier» est obligatoire.");
    CHECK(detail["action_possible"].dump() == "[\"modification\",\"supression\"]");
    CHECK(detail["data"].dump() ==
          "{\"objet\":\"TEST-PES-0322\",\"fichier_pes\":[\"test-032022.xml\"]}");
    CHECK(detail["fichiers"].dump() ==
          "[{\"champ\":\"fichier_pes\",\"libelle\":\"Fichier PES\",\"nom\":\"test-032022.xml\","
          "\"taille\":3,\"sha256\":\"ab\"}]");
    CHECK(detail["etats"][0].dump() ==
          "{\"action\":\"creation\",\"libelle\":\"Créé\",\"date\":\"2022-03-02T14:48:08Z\","
          "\"id_u\":\"7\",\"utilisateur\":\"adminMegalis\",\"id_j\":2}");
    CHECK(detail["job"].is_null());
    CHECK(detail["attempt"].is_null());
  }

  TEST_CASE("a job tells what is due, when, and what the last try said") {
    pes::Dossier dossier = pes::test::tutorial_dossier();
    dossier.job = pes::Job{.etat_cible = pes::Action::verif_tdt,
                           .nb_try = 2,
                           .next_try = pes::test::tutorial_start(),
                           .failures = 1,
                           .last_message = "Transmis (3)",
                           .reason = "service.unreachable"};

    CHECK(pes::cmd::dossier_detail(dossier, pes::test::tutorial_entities())["job"].dump() ==
          "{\"etat_cible\":\"verif-tdt\",\"nb_try\":2,\"first_try\":null,\"last_try\":null,"
          "\"next_try\":\"2022-03-02T14:48:08Z\",\"last_message\":\"Transmis (3)\",\"is_lock\":"
          "false,\"failures\":1,\"reason\":\"service.unreachable\"}");
  }
}
