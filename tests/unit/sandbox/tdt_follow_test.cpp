#include "pes/pes_acquit.hpp"
#include "pes/seda.hpp"
#include "support/scratch.hpp"
#include "support/shared.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>

namespace pes::test {
namespace {

constexpr const char* acquit_script = "/modules/helios/helios_download_acquit.php?api=1&id=";

/// Two bordereaux of dépense, one of recette and a PJ.
FlowText mixed(const std::string& nom_fic) {
  FlowText flow;
  flow.nom_fic = nom_fic;
  flow.header =
      "<DteStr V=\"2026-01-05\"/><IdPost V=\"034000\"/><IdColl V=\"12345678912345\"/>"
      "<CodCol V=\"123\"/><CodBud V=\"12\"/><LibelleColBud V=\"\xC9"
      "COLE\"/>";
  flow.body = depense("11", "12") + recette("21") + pieces_jointes("PJ1");
  return flow;
}

/// Advances a transaction to its end.
void settle(Bench& bench, const std::string& id) {
  for (int step = 0; step < 3; ++step) bench.status(id);
}

struct Answered {
  std::string status;
  httplib::Response acquit;
};

Answered answered(Bench& bench, const std::string& flow) {
  const std::string id = bench.import_accepted(flow);
  settle(bench, id);
  return {bench.status(id), bench.client.get(acquit_script + id)};
}

std::vector<std::string> etats(const std::string& acquit) {
  std::vector<std::string> found;
  const std::string mark = "<EtatAck V=\"";
  for (std::size_t at = acquit.find(mark); at != std::string::npos;
       at = acquit.find(mark, at + 1)) {
    found.push_back(acquit.substr(at + mark.size(), 1));
  }
  return found;
}

using Etats = std::vector<std::string>;

TEST_SUITE("sandbox") {
  TEST_CASE("a status is answered byte for byte as S²LOW does") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    bench.import_accepted(flow_named("A"));

    const httplib::Response answer =
        bench.client.get("/modules/helios/api/helios_transac_get_status.php?api=1&transaction=1");

    CHECK(answer.status == 200);
    CHECK(answer.get_header_value("Content-type") == "text/xml;charset=utf-8");
    CHECK_FALSE(answer.has_header("Content-disposition"));
    CHECK(answer.body ==
          "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<transaction >\n"
          "        <id>1</id><resultat>OK</resultat><message>Transaction 1 dans la file "
          "d&#039;attente</message><status>2</status></transaction>\n            ");
  }

  TEST_CASE("a status that cannot be read is a KO, in S²LOW's order") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string script = "/modules/helios/api/helios_transac_get_status.php?api=1";
    Client stranger(bench.server->tdt_url(), bench.identities);
    stranger.log_in({"agent-test", "faux"});

    CHECK(element(stranger.get(script).body, "message") == "Pas de numéro de transaction.");
    CHECK(element(stranger.get(script + "&transaction=0").body, "message") ==
          "Pas de numéro de transaction.");
    CHECK(stranger.get(script + "&transaction=1").body.starts_with("KO\n"));
    const std::string unknown = bench.client.get(script + "&transaction=1").body;
    CHECK(element(unknown, "resultat") == "KO");
    CHECK(element(unknown, "message") == "Numéro de transaction invalide");
    CHECK(unknown.find("<status></status>") != std::string::npos);
  }

  TEST_CASE("8 is shown as 3 when the acquit cannot be downloaded, with the message of 8") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string id = bench.import_accepted(flow_named("A"));
    settle(bench, id);
    REQUIRE(bench.status(id) == "8");

    std::filesystem::remove(scratch.path() / "tdt/transactions/1/acquit.xml");

    CHECK(bench.status(id) == "3");
    CHECK(bench.message(id) == "Transaction 1 : information disponible");
  }

  TEST_CASE("an acquit answers each bordereau and each PJ") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    const Answered accepted = answered(bench, mixed("A").bytes());

    CHECK(accepted.status == "8");
    CHECK(etats(accepted.acquit.body) == Etats{"1", "1", "1", "1"});
    CHECK(accepted.acquit.body.find("<NumBord V=\"12\" />") != std::string::npos);
    CHECK(accepted.acquit.body.find("<IdUnique V=\"PJ1\" />") != std::string::npos);
    CHECK(accepted.acquit.body.find("<Sigle V=\"TEST\" />") != std::string::npos);
    CHECK(accepted.acquit.body.find("<LibelleColBud V=\"\xC9"
                                    "COLE\" />") != std::string::npos);
  }

  TEST_CASE("an acquit comes as a file with the DGFiP's name") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    const httplib::Response acquit = answered(bench, flow_named("A")).acquit;

    CHECK(acquit.get_header_value("Content-type") == "text/xml;charset=utf-8");
    const std::string disposition = acquit.get_header_value("Content-disposition");
    CHECK(disposition.starts_with("attachment; filename=\"034000_"));
    CHECK(disposition.ends_with("-ACK-TEST_1.xml\""));
  }

  TEST_CASE("a NomFic chooses what the DGFiP answers") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    SUBCASE("the last bordereau refused") {
      const Answered partial = answered(bench, mixed("A-SCENARIO-partiel").bytes());
      CHECK(partial.status == "8");
      CHECK(etats(partial.acquit.body) == Etats{"1", "1", "0", "1"});
    }
    SUBCASE("all refused") {
      const Answered refused = answered(bench, mixed("A-SCENARIO-refuse").bytes());
      CHECK(refused.status == "8");
      CHECK(etats(refused.acquit.body) == Etats{"0", "0", "0", "0"});
    }
    SUBCASE("a technical rejection has status -1 and an acquit to download") {
      const Answered technical = answered(bench, mixed("A-SCENARIO-technique").bytes());
      CHECK(technical.status == "-1");
      CHECK(bench.message("1") == "Transaction 1 : erreur retournée par Helios");
      CHECK(technical.acquit.body.find("UNKNOWN_TYPE") != std::string::npos);
      CHECK(technical.acquit.body.find("<DomaineAck V=\"0\" />") != std::string::npos);
      CHECK(technical.acquit.body.find("Emetteur") == std::string::npos);
    }
    SUBCASE("silence") {
      const Answered silent = answered(bench, mixed("A-SCENARIO-MUET").bytes());
      CHECK(silent.status == "3");
      CHECK(silent.acquit.body ==
            "<br>helios Tansaction_class: sendAcquit Le fichier '' n'est pas/plus disponible.");
    }
  }

  TEST_CASE("a refused bordereau has errors at the three levels") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    FlowText flow = mixed("A-SCENARIO-partiel");
    flow.body = depense("11", "12");

    const std::string acquit = answered(bench, flow.bytes()).acquit.body;

    CHECK(acquit.find("<NumAnoAck V=\"ERREUR_CUMUL_MONTANTS\" />") != std::string::npos);
    CHECK(acquit.find("<NumPiece V=\"832\" />") != std::string::npos);
    CHECK(acquit.find("<NumLigne V=\"1\" />") != std::string::npos);
    CHECK(acquit.find("Identifiant unique d\xE9j\xE0 utilis\xE9") != std::string::npos);
  }

  TEST_CASE("the scenario configured is that of the server that received the flow") {
    const Scratch scratch;
    sandbox::Options options = options_in(scratch.path());
    options.scenario = sandbox::Scenario::refused;
    Bench bench(options);

    CHECK(etats(answered(bench, flow_named("A")).acquit.body) == Etats{"0"});
    CHECK(etats(answered(bench, flow_named("B-SCENARIO-accepte")).acquit.body) == Etats{"1"});
  }

  TEST_CASE("an acquit follows the DGFiP's schema, but for a technical rejection") {
    if (!has_shared()) return;
    const std::filesystem::path schema =
        shared() / "schemas/pes/PES_V2/Rev0/PES_V2_Acquit_Autonome_V2.xsd";
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    for (const std::string scenario : {"accepte", "partiel", "refuse"}) {
      CAPTURE(scenario);
      const Answered answer = answered(bench, mixed("A-SCENARIO-" + scenario).bytes());
      CHECK(validate_against_schema(answer.acquit.body, schema).empty());
    }
    const Answered technical = answered(bench, mixed("A-SCENARIO-technique").bytes());
    CHECK_FALSE(validate_against_schema(technical.acquit.body, schema).empty());
  }

  TEST_CASE("the acquit of an unknown transaction is a redirection") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    for (const char* id : {"1", "", "a"}) {
      CAPTURE(id);
      const httplib::Response answer = bench.client.get(acquit_script + std::string(id));
      CHECK(answer.status == 302);
      CHECK(answer.get_header_value("Location") ==
            bench.server->tdt_url() + "/modules/helios/index.php");
    }
  }
}

}  // namespace
}  // namespace pes::test
