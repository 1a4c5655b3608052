#include "support/scratch.hpp"
#include "support/shared.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>

#include <regex>

namespace pes::test {
namespace {

std::string sample(const std::string& name) { return content_of(shared() / "samples/tdt" / name); }

std::string with_id(const std::string& answer, const std::string& from, const std::string& to) {
  return std::regex_replace(answer, std::regex("\\b" + from + "\\b"), to);
}

struct Expected {
  const char* file;
  std::vector<std::string> statuses;
  std::string message;
};

TEST_SUITE("sandbox") {
  TEST_CASE("the answers are those of the samples, but for numbers") {
    if (!has_shared()) return;
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string flow = flow_named("A");

    CHECK(bench.import(flow) == with_id(sample("answer_import_ok.xml"), "123", "1"));
    CHECK(bench.import(flow) == sample("answer_import_ko_doublon.xml"));
    CHECK(bench.client.get("/modules/helios/api/helios_transac_get_status.php?api=1&transaction=1")
              .body == with_id(sample("answer_status_2.xml"), "12", "1"));
  }

  TEST_CASE("the list of PES retours is that of the sample, but for number and dates") {
    if (!has_shared()) return;
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    write(scratch.path() / "tdt/retours/drop/a.xml", sample("pes_retour.xml"));
    const std::regex dates("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{6}\\+\\d\\d)?");

    const std::string listed = bench.client.get("/modules/helios/api/helios_get_list.php").body;

    CHECK(std::regex_replace(listed, dates, "D") ==
          std::regex_replace(with_id(sample("answer_retour_list.xml"), "5", "1"), dates, "D"));
    CHECK(bench.client.get("/modules/helios/api/helios_get_retour.php?id=1").body ==
          sample("pes_retour.xml"));
  }

  TEST_CASE("each sample ends where S²LOW's own tests want it") {
    if (!has_shared()) return;
    const std::string invalid_signature = "La signature du fichier est invalide : ";
    const std::vector<Expected> all{
        {"pes_aller_ok.xml", {"2"}, "Transaction 1 dans la file d&#039;attente"},
        {"pes_aller_utf8.xml",
         {"-1"},
         "Transaction 1 : ce fichier n&#039;est pas encodé en ISO-8859-1"},
        {"pes_aller_empty.xml",
         {"-1"},
         "Transaction 1 : ce fichier ne contient ni bordereau, ni PJ, ni marché"},
        {"pes_aller_CodColTropLong.xml", {"-1"}, "Transaction 1 : Le CodCol est trop long"},
        {"derived_pes_aller_PasDeNomFic.xml",
         {"-1"},
         "Transaction 1 : La balise Enveloppe/Parametre/NomFic n&#039;est pas présente ou est "
         "vide"},
        {"derived_pes_aller_IdColl_trop_long.xml",
         {"-1"},
         "Transaction 1 : La balise IdCol est trop longue"},
        {"derived_pes_aller_CodBud_3_caracteres.xml",
         {"2", "-1"},
         "Transaction 1 : Non-conformité PES aller : la balise EnTetePES/CodBud contient 3 "
         "caractères (2 attendus)."},
        {"derived_pes_aller_accent_NomFic.xml", {"2"}, "Transaction 1 dans la file d&#039;attente"},
        {"pastell_pes_aller_signe_bordereau.xml",
         {"2"},
         "Transaction 1 dans la file d&#039;attente"},
        {"derived_pes_aller_signe_bordereau_altere.xml",
         {"-1"},
         invalid_signature + "Impossible d&#039;affirmer que la signature correspond au fichier"},
        {"PES_ACQUIT_RETOUR.xml", {"2", "24"}, "Transaction 1 transmise au serveur."}};
    for (const Expected& expected : all) {
      CAPTURE(expected.file);
      const Scratch scratch;
      Bench bench(options_in(scratch.path()));
      const std::string id = bench.import_accepted(sample(expected.file));
      std::string answer;
      for (const std::string& status : expected.statuses) {
        answer =
            bench.client
                .get("/modules/helios/api/helios_transac_get_status.php?api=1&transaction=" + id)
                .body;
        CHECK(element(answer, "status") == status);
      }
      CHECK(element(answer, "message") == expected.message);
    }
  }

  TEST_CASE("a NomFic with accents is kept as text") {
    if (!has_shared()) return;
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    bench.status(bench.import_accepted(sample("derived_pes_aller_accent_NomFic.xml")));

    CHECK(sandbox::transactions(scratch.path()).at(0).nom_fic ==
          "PESALR220001861200016Trésorerie_de_M20141205152530.xml");
  }

  TEST_CASE("a sample sent twice with other bytes is refused by its NomFic") {
    if (!has_shared()) return;
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    REQUIRE(bench.status(bench.import_accepted(sample("pes_aller_ok.xml"))) == "2");

    const std::string id = bench.import_accepted(sample("pes_aller_ok.xml") + "\n");

    CHECK(bench.status(id) == "-1");
    CHECK(bench.message(id) == "Transaction 2 : ce fichier existe déjà sur la plateforme");
  }
}

}  // namespace
}  // namespace pes::test
