#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"

#include <doctest/doctest.h>

namespace pes::test {
namespace {

const std::string api = "/modules/helios/api/";

TEST_SUITE("sandbox") {
  TEST_CASE("an empty list of PES retours has an empty resultat and no entry") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    const httplib::Response answer = bench.client.get(api + "helios_get_list.php");

    const std::string date = element(answer.body, "dateDemande");
    CHECK(answer.get_header_value("Content-type") == "text/xml;charset=utf-8");
    CHECK(date.size() == 19);
    CHECK(answer.body ==
          "<?xml version=\"1.0\"?>\n<liste>\n  <idColl>7</idColl>\n  <resultat/>\n"
          "  <message>liste r&#xE9;ussi</message>\n  <dateDemande>" +
              date + "</dateDemande>\n</liste>\n");
  }

  TEST_CASE("a PES retour that was dropped is listed until it is marked as read") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    write(scratch.path() / "tdt/retours/drop/retour \xC3\xA9t\xC3\xA9.xml",
          "<PES_Retour V='\xE9'/>");

    const std::string listed = bench.client.get(api + "helios_get_list.php").body;
    CHECK(listed.find("    <id>1</id>\n    <nom>retour &#xE9;t&#xE9;.xml</nom>\n    <date>") !=
          std::string::npos);
    CHECK(bench.client.get(api + "helios_get_retour.php?id=1").body == "<PES_Retour V='\xE9'/>");
    CHECK(bench.client.get(api + "helios_get_list.php").body.find("<id>1</id>") !=
          std::string::npos);

    CHECK(bench.client.get(api + "helios_change_status.php?id=1").body ==
          "<?xml version=\"1.0\"?>\n<transaction><idRetour>1</idRetour><resultat>OK</resultat>"
          "<message>reussi de changer status</message></transaction>\n");
    CHECK(bench.client.get(api + "helios_get_list.php").body.find("pes_retour") ==
          std::string::npos);
    CHECK(bench.client.get(api + "helios_get_retour.php?id=1").status == 200);
  }

  TEST_CASE("an unknown PES retour is told by get and not by mark") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    CHECK(bench.client.get(api + "helios_get_retour.php?id=9").body ==
          "<?xml version=\"1.0\"?>\n<get_retour><id>9</id><resultat>KO</resultat>"
          "<message>retour id n'est pas correcte</message></get_retour>\n");
    CHECK(element(bench.client.get(api + "helios_change_status.php?id=9").body, "resultat") ==
          "OK");
    CHECK(element(bench.client.get(api + "helios_change_status.php").body, "message") ==
          "retour id est vide ou incorrecte.");
  }
}

}  // namespace
}  // namespace pes::test
