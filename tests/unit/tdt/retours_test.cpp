#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/refusal.hpp"
#include "support/shared.hpp"
#include "unit/tdt/platform.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using pes::Error;
using pes::ErrorCode;
using namespace pes::port;
using namespace pes::test;

namespace {

constexpr const char* xml = "text/xml;charset=utf-8";
constexpr const char* html = "text/html; charset=utf-8";
constexpr const char* retour =
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
    "<n:PES_Retour xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour\">"
    "<Enveloppe/></n:PES_Retour>";

std::string refused_retour(const std::string& message) {
  return "<?xml version=\"1.0\"?>\n<get_retour><id>5</id><resultat>KO</resultat><message>" +
         message + "</message></get_retour>\n";
}

std::string marked(const std::string& resultat, const std::string& message) {
  return "<?xml version=\"1.0\"?>\n<transaction><idRetour>5</idRetour><resultat>" + resultat +
         "</resultat><message>" + message + "</message></transaction>\n";
}

}  // namespace

TEST_SUITE("tdt") {
  TEST_CASE("unread PES Retours are listed: an empty result is the success") {
    Platform platform;
    platform.server.answer(200, xml,
                           "<?xml version=\"1.0\"?>\n<liste>\n  <idColl>7</idColl>\n  <resultat/>\n"
                           "  <message>liste r&#xE9;ussi</message>\n"
                           "  <pes_retour><id>5</id><nom>PES2R_DEP_R&D.xml</nom>"
                           "<date>2026-01-01 10:00:00.123456+01</date></pes_retour>\n"
                           "  <pes_retour><id>4</id><nom>PES2R_tr&#xE9;so.xml</nom><date/>"
                           "</pes_retour>\n</liste>\n");

    const auto list = platform.tdt()->unread_retours();

    REQUIRE(list.size() == 2);
    CHECK(list[0].id == "5");
    CHECK(list[0].name == "PES2R_DEP_R&D.xml");  // its ampersand is not escaped there
    CHECK(list[0].received == "2026-01-01 10:00:00.123456+01");
    CHECK(list[1].name == "PES2R_tréso.xml");
  }

  TEST_CASE("the list of the field is read, and one without any is empty") {
    Platform platform;
    platform.server.answer(200, xml,
                           "<?xml version=\"1.0\"?>\n<liste><idColl>7</idColl><resultat/>"
                           "<message>liste r&#xE9;ussi</message></liste>");
    CHECK(platform.tdt()->unread_retours().empty());

    if (!has_shared()) return;
    platform.server.answer(
        200, xml, pes::read_file(shared() / "samples/tdt/answer_retour_list.xml", 100'000));
    CHECK_FALSE(platform.tdt()->unread_retours().empty());
  }

  TEST_CASE("a list that is refused, or is none, is no empty list") {
    Platform platform;
    const auto code = [&](const char* type, const std::string& body) {
      platform.server.answer(200, type, body);
      return refusal([&] { (void)platform.tdt()->unread_retours(); }).code();
    };

    CHECK(code(xml,
               "<liste><resultat>KO</resultat><message>Acc&#xE8;s refus&#xE9;</message>"
               "</liste>") == ErrorCode::identity_refused);
    CHECK(code(xml,
               "<liste><resultat>KO</resultat><message>Erreur d'initialisation du module"
               "</message></liste>") == ErrorCode::service_refused);
    CHECK(code(html, "<html><title>Maintenance</title></html>") == ErrorCode::service_unexpected);
    CHECK(code(html, "KO\nrefus\n") == ErrorCode::identity_refused);
    CHECK(code(xml, "<liste><resultat/><pes_retour>") == ErrorCode::service_unexpected);
    CHECK(code(xml, "") == ErrorCode::service_unexpected);
  }

  TEST_CASE("a PES Retour is given as it is, under the name it had") {
    Platform platform;
    platform.server.on_request([](const httplib::Request&, httplib::Response& response) {
      response.set_header("Content-disposition", "attachment; filename=\"PES2R_DEP.xml\"");
      response.set_content(std::string(retour) + "\r\n<!-- \xE9 -->", xml);
    });

    const TdtFile file = platform.tdt()->retour("5");

    CHECK(file.bytes == std::string(retour) + "\r\n<!-- \xE9 -->");
    CHECK(file.name == "PES2R_DEP.xml");
    CHECK(platform.server.requests().front().target ==
          "/modules/helios/api/helios_get_retour.php?api=1&id=5");
  }

  TEST_CASE("what comes in place of a PES Retour is told apart") {
    Platform platform;
    ErrorCode expected = ErrorCode::internal;
    std::string words;
    SUBCASE("unknown number") {
      platform.server.answer(200, xml, refused_retour("retour id n'est pas correcte"));
      expected = ErrorCode::service_refused;
    }
    SUBCASE("another authority's") {
      platform.server.answer(200, xml, refused_retour("Acc&#xE8;s refus&#xE9;"));
      expected = ErrorCode::identity_refused;
    }
    SUBCASE("a file that is not at hand, with words before the XML") {
      platform.server.answer(200, xml,
                             "<br>helios Tansaction_class: sendFile" +
                                 refused_retour("Erreur d'envoi du fichier /data/5 : absent"));
      expected = ErrorCode::service_unexpected;
      words = "(Erreur d'envoi du fichier /data/5 : absent)";
    }
    SUBCASE("the same, and nothing of it to be read") {
      platform.server.answer(200, xml, "<br>helios Tansaction_class: sendFile<get_retour><id>");
      expected = ErrorCode::service_unexpected;
      words = "its file is not at hand there";
    }
    SUBCASE("a page") {
      platform.server.answer(200, html, "<html><title>Maintenance</title></html>");
      expected = ErrorCode::service_unexpected;
    }
    SUBCASE("half of it") {
      platform.server.answer(200, xml, std::string(retour).substr(0, 140));
      expected = ErrorCode::service_unexpected;
    }
    SUBCASE("an acquit") {
      platform.server.answer(200, xml, "<PES_ACQUIT/>");
      expected = ErrorCode::service_unexpected;
    }
    SUBCASE("the login page") {
      platform.server.redirect("/login.php");
      expected = ErrorCode::identity_refused;
    }
    SUBCASE("an error of the server") {
      platform.server.answer(500, html, "");
      expected = ErrorCode::service_unexpected;
    }

    const Error error = refusal([&] { (void)platform.tdt()->retour("5"); });

    CHECK(error.code() == expected);
    CHECK(error.message().find(words) != std::string::npos);
    CHECK_FALSE(error.hint().empty());
  }

  TEST_CASE("marking as read is confirmed by its root and its result") {
    Platform platform;
    platform.server.answer(200, xml, marked("OK", "reussi de changer status"));

    CHECK_NOTHROW(platform.tdt()->mark_retour_read("5"));
    CHECK(platform.server.requests().front().target ==
          "/modules/helios/api/helios_change_status.php?api=1&id=5");
  }

  TEST_CASE("a mark that was not made is a failure, and says what it takes") {
    Platform platform;
    SUBCASE("the script crashed, as it does for an account without the right") {
      platform.server.answer(500, html, "");
    }
    SUBCASE("the same, without saying so") { platform.server.answer(200, html, ""); }
    SUBCASE("refused") {
      platform.server.answer(200, xml, marked("KO", "Changement de status est echoué."));
    }
    SUBCASE("another document") { platform.server.answer(200, xml, "<change/>"); }

    const Error error = refusal([&] { platform.tdt()->mark_retour_read("5"); });

    CHECK((error.code() == ErrorCode::service_unexpected ||
           error.code() == ErrorCode::service_refused));
    CHECK_FALSE(error.hint().empty());
  }
}
