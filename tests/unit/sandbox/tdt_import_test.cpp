#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>

#include <utility>

namespace pes::test {
namespace {

constexpr const char* import_script = "/modules/helios/api/helios_importer_fichier.php?api=1";

std::string refusal(const std::string& message) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<import>\n  <id/>\n"
         "  <resultat>KO</resultat>\n  <message>" +
         message + "</message>\n</import>\n";
}

TEST_SUITE("sandbox") {
  TEST_CASE("an import is answered byte for byte as S²LOW does") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    const httplib::Response answer = bench.client.post(
        import_script, {{"enveloppe", flow_named("A"), "mon flux.xml", "text/xml"}});

    CHECK(answer.status == 200);
    CHECK(answer.body ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<import>\n  <id>1</id>\n"
          "  <resultat>OK</resultat>\n  <message>Téléchargement du fichier réussi.</message>\n"
          "</import>\n");
    CHECK(answer.get_header_value("Content-type") == "text/xml;charset=utf-8");
    CHECK(answer.get_header_value("Content-disposition") == "attachment; filename=\"import.xml\"");
    CHECK(answer.get_header_value("Pragma") == "public");
  }

  TEST_CASE("a transaction keeps what was sent and under which name") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string flow = flow_named("A");

    bench.import(flow, "mon flux.xml");

    const auto known = sandbox::transactions(scratch.path());
    REQUIRE(known.size() == 1);
    CHECK(known[0].status == 1);
    CHECK(known[0].message == "Fichier bien reçu par la plate-forme S2low");
    CHECK(known[0].file_name == "mon flux.xml");
    CHECK(known[0].sha1.size() == 40);
    CHECK(content_of(scratch.path() / "tdt/transactions/1/pes.xml") == flow);
  }

  TEST_CASE("the same bytes are refused for ever, whatever became of the first") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string invalid = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>";
    const std::string id = bench.import_accepted(invalid);
    REQUIRE(bench.status(id) == "-1");

    CHECK(bench.import(invalid, "autre.xml") ==
          refusal("doublon détecté. Ce fichier a déjà été posté."));
    CHECK(sandbox::transactions(scratch.path()).size() == 1);
  }

  TEST_CASE("a number left by an import that was killed does not make a duplicate") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string flow = flow_named("A");
    bench.import_accepted(flow);
    // As after a kill between the index and the transaction.
    std::filesystem::remove_all(scratch.path() / "tdt/transactions/1");

    CHECK(bench.import_accepted(flow) == "2");
  }

  TEST_CASE("the controls of the upload come in S²LOW's order") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string missing = refusal(
        "Aucune enveloppe trouvée : la taille de l'enveloppe dépasse probablement la taille "
        "maximum");

    CHECK(bench.client.post(import_script, {{"autre", "x", "a.xml", "text/xml"}}).body == missing);
    CHECK(bench.client.post(import_script, {{"enveloppe", "x", "", ""}}).body == missing);
    CHECK(bench.client.http().Post(import_script, "<a/>", "text/xml")->body == missing);
    CHECK(bench.import("") == refusal("Le fichier présenté est vide (0 octet)"));
    CHECK(sandbox::transactions(scratch.path()).empty());
  }

  TEST_CASE("a file over the limit is refused by its size") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::size_t limit = std::size_t{128} * 1024 * 1024;

    CHECK(bench.import(std::string(limit + 1, ' ')) ==
          refusal("Taille de fichier supérieure à la limite autorisée (128 Mo maximum)."));
    CHECK(std::filesystem::is_empty(scratch.path() / "tdt/incoming"));
  }

  TEST_CASE("a body over the web server's limit is refused before the script") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    std::string body;
    body.resize(200'486'001, ' ');

    const httplib::Response answer =
        bench.client.post(import_script, {{"enveloppe", std::move(body), "a.xml", "text/xml"}});

    CHECK(answer.status == 413);
    CHECK(answer.body.starts_with("<!DOCTYPE html>"));
  }

  TEST_CASE("a flow to be signed on the web waits for a person") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    bench.client.post(import_script, {{"must_signed", "1", "", ""},
                                      {"enveloppe", flow_named("A"), "a.xml", "text/xml"}});

    CHECK(bench.status("1") == "13");
    CHECK(bench.message("1") == "Fichier en attente d&#039;être signé");
    CHECK(sandbox::tick(options_in(scratch.path())).validated == 0);
  }

  TEST_CASE("api=1 counts in the form too") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    bench.client.log_in({"agent-test", "faux"});
    const std::string script = "/modules/helios/api/helios_importer_fichier.php";
    const httplib::MultipartFormData file{"enveloppe", flow_named("A"), "a.xml", "text/xml"};

    CHECK(bench.client.post(script, {file}).status == 302);
    CHECK(bench.client.post(script, {{"api", "1", "", ""}, file}).body.starts_with("KO\n"));
  }
}

}  // namespace
}  // namespace pes::test
