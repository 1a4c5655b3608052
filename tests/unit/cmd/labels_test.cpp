#include "ui/labels.hpp"

#include "sample.hpp"

#include <doctest/doctest.h>

TEST_SUITE("cmd") {
  TEST_CASE("every field of every tab has its label") {
    for (const pes::ui::Section& section : pes::ui::sections()) {
      for (const std::string_view field : section.fields) {
        CAPTURE(field);
        CHECK(pes::ui::field_label(field) != field);
      }
    }
  }

  TEST_CASE("what came before is labelled as such") {
    CHECK(pes::ui::field_label("pes_acquit_1") == "PES Acquit précédent");
    CHECK(pes::ui::field_label("ar_sae_2") == "Accusé de réception SAE précédent");
    CHECK(pes::ui::field_label("reply_sae_1") == "Réponse du SAE précédente");
    CHECK(pes::ui::field_label("sae_ack") == "sae_ack");
  }

  TEST_CASE("a tab is found whatever the case of its name") {
    REQUIRE(pes::ui::find_section("retour tdt") != nullptr);
    CHECK(pes::ui::find_section("retour tdt")->name == "Retour Tdt");
    CHECK(pes::ui::find_section("Retour") == nullptr);
  }

  TEST_CASE("values are shown as the screens show them") {
    pes::Dossier dossier = pes::test::tutorial_dossier();
    dossier.fields.emplace(pes::field::envoi_sae, "0");
    dossier.fields.emplace(pes::field::pes_etat_ack, "2");

    CHECK(pes::ui::field_value(dossier, pes::field::fichier_pes) == "test-032022.xml");
    CHECK(pes::ui::field_value(dossier, pes::field::envoi_sae) == "NON");
    CHECK(pes::ui::field_value(dossier, pes::field::pes_etat_ack) == "Acquittement KO");
    CHECK(pes::ui::field_value(dossier, pes::field::cod_bud).empty());
  }
}
