#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/raw_server.hpp"
#include "support/refusal.hpp"
#include "support/shared.hpp"
#include "unit/tdt/platform.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

using pes::Error;
using pes::ErrorCode;
using pes::Secret;
using namespace pes::port;
using namespace pes::test;
using Stage = TdtStatus::Stage;

namespace {

constexpr const char* xml = "text/xml;charset=utf-8";
constexpr const char* html = "text/html; charset=utf-8";

template <typename Outcome>
Outcome expect(const TdtSubmission& submission) {
  REQUIRE(std::holds_alternative<Outcome>(submission));
  return std::get<Outcome>(submission);
}

std::string sample(const std::string& name) {
  return pes::read_file(shared() / "samples" / "tdt" / name, 1'000'000);
}

std::string import_answer(const std::string& id, const std::string& resultat,
                          const std::string& message) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<import>\n  <id>" + id +
         "</id>\n  <resultat>" + resultat + "</resultat>\n  <message>" + message +
         "</message>\n</import>\n";
}

std::string status_answer(const std::string& resultat, const std::string& message,
                          const std::string& status) {
  return "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<transaction >\n        <id>12</id>"
         "<resultat>" +
         resultat + "</resultat><message>" + message + "</message><status>" + status +
         "</status></transaction>\n            ";
}

}  // namespace

TEST_SUITE("tdt") {
  TEST_CASE("the name says where flows go, and the sandbox that it is a test") {
    CHECK(pes::make_s2low({.https = {.url = "https://s2low.example.org/"}})->name() ==
          "S²LOW https://s2low.example.org");
    CHECK(
        pes::make_s2low({.https = {.url = "https://127.0.0.1:8443"}, .is_sandbox = true})->name() ==
        "TdT bac à sable (test)");
  }

  TEST_CASE("the longer nothing comes, the longer the pause; the sandbox is quick") {
    const auto tdt = pes::make_s2low({.https = {.url = "https://s2low.example.org"}});
    const auto sandbox =
        pes::make_s2low({.https = {.url = "https://127.0.0.1"}, .is_sandbox = true});

    CHECK(tdt->pause(1) == std::chrono::seconds(30));
    CHECK(tdt->pause(10) == std::chrono::minutes(5));
    CHECK(tdt->pause(1'000) == std::chrono::minutes(30));
    CHECK(sandbox->pause(1'000) == std::chrono::seconds(1));
  }

  TEST_CASE("every request asks for refusals in plain text") {
    Platform platform;
    platform.server.answer(200, html, "OK");
    const auto tdt = platform.tdt();

    tdt->test_connection();
    static_cast<void>(tdt->submit(platform.file, "pes.xml"));
    static_cast<void>(refusal([&] { static_cast<void>(tdt->status("12")); }));
    static_cast<void>(tdt->acquit("12"));

    const auto requests = platform.server.requests();
    REQUIRE(requests.size() == 4);
    CHECK(requests[0].target == "/api/test-connexion.php?api=1");
    CHECK(requests[1].target == "/modules/helios/api/helios_importer_fichier.php?api=1");
    CHECK(requests[2].target ==
          "/modules/helios/api/helios_transac_get_status.php?api=1&transaction=12");
    CHECK(requests[3].target == "/modules/helios/helios_download_acquit.php?api=1&id=12");
  }

  TEST_CASE("a connection works when the answer begins with OK") {
    Platform platform;
    platform.server.answer(200, html, "OK");

    CHECK_NOTHROW(platform.tdt()->test_connection());
  }

  TEST_CASE("a connection that does not work says why") {
    Platform platform;
    const auto code = [&platform] {
      return refusal([&] { platform.tdt()->test_connection(); }).code();
    };

    platform.server.answer(404, html, "<html><title>404 Not Found</title></html>");
    CHECK(code() == ErrorCode::service_unexpected);
    platform.server.answer(200, html, "<html><title>Maintenance</title></html>");
    CHECK(code() == ErrorCode::service_unexpected);
    platform.server.answer(200, html, "");
    CHECK(code() == ErrorCode::service_unexpected);
    platform.server.answer(403, html, "");
    CHECK(code() == ErrorCode::identity_refused);
    platform.server.answer(503, html, "");
    CHECK(code() == ErrorCode::service_unreachable);
  }

  TEST_CASE("an account that is refused is named so, whatever was asked") {
    Platform platform;
    const auto tdt = platform.tdt();
    std::string expected;

    const auto text = [&](const std::string& body) { platform.server.answer(200, html, body); };
    SUBCASE("unknown certificate, or wrong login") {
      text("KO\nLe certificat n&#039;est pas valide : aucun compte trouv\xE9\n");
      expected = "Le certificat n'est pas valide : aucun compte trouvé";
    }
    SUBCASE("several accounts and no login") {
      text("KO\nLa connexion n&#039;a pas pu \xEAtre \xE9tablie\n");
      expected = "La connexion n'a pas pu être établie";
    }
    SUBCASE("account without password") {
      text("KO\nun message\n");
      expected = "un message";
    }
    SUBCASE("no information on the certificate") {
      text(
          "KO\nAucune information de certificat trouv\xE9"
          "e\n");
      expected = "Aucune information de certificat trouvée";
    }
    SUBCASE("the newest server, which lost its accents") {
      text("KO\nLa connexion n&#039;a pas pu ?tre ?tablie\n");
      expected = "La connexion n'a pas pu ?tre ?tablie";
    }
    SUBCASE("module not installed") {
      text("KO\nErreur d'initialisation du module");
      expected = "Erreur d'initialisation du module";
    }
    SUBCASE("inactive account") {
      text("KO\nÉchec de l'authentification");
      expected = "Échec de l'authentification";
    }
    SUBCASE("no right to send") {
      text("KO\nAccès refusé");
      expected = "Accès refusé";
    }
    SUBCASE("sent to the login page") {
      platform.server.redirect("/login.php?error=bad_credentials");
    }
    SUBCASE("sent to the page of connections") { platform.server.redirect("/connexion-status"); }

    for (const std::function<void()>& call : std::vector<std::function<void()>>{
             [&] { tdt->test_connection(); },
             [&] { static_cast<void>(tdt->submit(platform.file, "pes.xml")); },
             [&] { static_cast<void>(tdt->status("12")); },
             [&] { static_cast<void>(tdt->acquit("12")); }}) {
      const Error error = refusal(call);
      CHECK(error.code() == ErrorCode::identity_refused);
      CHECK(error.message().find(expected) != std::string::npos);
      CHECK(error.hint().find("tdt.certificate") != std::string::npos);
    }
  }

  TEST_CASE("a file is sent as it is, under a name that nothing can misread") {
    Platform platform;
    platform.server.answer(200, xml, import_answer("7", "OK", ""));
    const std::string content = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xE9\r\n</a>";
    std::ofstream(platform.file) << content;

    static_cast<void>(platform.tdt()->submit(platform.file, "Trésorerie \"n°1\"/2026_a-b.xml"));

    const auto requests = platform.server.requests();
    REQUIRE(requests.size() == 1);
    REQUIRE(requests[0].files.size() == 1);
    CHECK(requests[0].get_file_value("enveloppe").filename == "Tr_sorerie _n_1__2026_a-b.xml");
    CHECK(requests[0].get_file_value("enveloppe").content == content);
  }

  TEST_CASE("an import accepted gives its number") {
    if (!has_shared()) return;
    Platform platform;
    platform.server.answer(200, xml, sample("answer_import_ok.xml"));

    CHECK(expect<TdtAccepted>(platform.submission()).transaction_id == "123");
  }

  TEST_CASE("an import refused as already known is told from the others") {
    if (!has_shared()) return;
    Platform platform;
    platform.server.answer(200, xml, sample("answer_import_ko_doublon.xml"));

    const auto refused = expect<TdtRefused>(platform.submission());

    CHECK(refused.duplicate);
    CHECK(refused.message == "doublon détecté. Ce fichier a déjà été posté.");
  }

  TEST_CASE("an import refused keeps the words of the platform") {
    Platform platform;

    for (const std::string message :
         {"Votre certificat n'est pas RGS et ne vous permet donc pas de télétransmettre",
          ("Aucune enveloppe trouvée : la taille de l'enveloppe dépasse probablement la taille "
           "maximum"),
          "Erreur lors du téléchargement du fichier : code 3",
          "Taille de fichier supérieure à la limite autorisée (128 Mo maximum).",
          "Le fichier présenté est vide (0 octet)", "Échec lors du téléchargement du fichier",
          "SQLSTATE[08006]"}) {
      CAPTURE(message);
      platform.server.answer(200, xml, import_answer("", "KO", message));

      const auto refused = expect<TdtRefused>(platform.submission());

      CHECK(refused.message == message);
      CHECK_FALSE(refused.duplicate);
    }
  }

  TEST_CASE("a file too large is refused with the size that the platform takes") {
    Platform platform;
    platform.server.answer(
        200, xml,
        import_answer("", "KO",
                      "Taille de fichier supérieure à la limite autorisée (100 Mo maximum)."));

    CHECK(expect<TdtRefused>(platform.submission()).size_limit == 100ULL * 1024 * 1024);
  }

  TEST_CASE("the oldest way to say duplicate is understood") {
    Platform platform;
    platform.server.answer(200, xml,
                           import_answer("", "KO", "Doublon détecté. Ce fichier a déjà été posté"));

    CHECK(expect<TdtRefused>(platform.submission()).duplicate);
  }

  TEST_CASE("a file that the web server finds too large is refused") {
    Platform platform;
    platform.server.answer(413, html, "<html><title>413</title></html>");

    const auto refused = expect<TdtRefused>(platform.submission());

    CHECK_FALSE(refused.message.empty());
    CHECK_FALSE(refused.duplicate);
  }

  TEST_CASE("an answer that proves nothing leaves the fate of the file unknown") {
    Platform platform;
    const std::string accepted = import_answer("123", "OK", "");
    std::string body;
    int status = 200;

    SUBCASE("a page") { body = "<html><title>Maintenance</title></html>"; }
    SUBCASE("nothing") { body = ""; }
    SUBCASE("XML that stops") { body = accepted.substr(0, accepted.size() - 5); }
    SUBCASE("another document") { body = status_answer("OK", "", "1"); }
    SUBCASE("accepted without a number") { body = import_answer("", "OK", ""); }
    SUBCASE("neither OK nor KO") { body = import_answer("123", "", ""); }
    SUBCASE("created, which the protocol does not have") { status = 201; }
    SUBCASE("server error") { status = 500; }
    SUBCASE("gateway without answer") { status = 502; }
    SUBCASE("unavailable") { status = 503; }
    SUBCASE("gateway out of time") { status = 504; }
    platform.server.answer(status, html, body);

    CHECK_FALSE(expect<TdtUnknown>(platform.submission()).reason.empty());
  }

  TEST_CASE("a status that comes before any script is a failure, and nothing was accepted") {
    Platform platform;
    const auto code = [&platform](int status) {
      platform.server.answer(status, html, "<html></html>");
      return refusal([&] { static_cast<void>(platform.submission()); }).code();
    };

    CHECK(code(401) == ErrorCode::identity_refused);
    CHECK(code(403) == ErrorCode::identity_refused);
    CHECK(code(404) == ErrorCode::service_unexpected);
    CHECK(code(400) == ErrorCode::service_unexpected);
    CHECK(code(429) == ErrorCode::service_unreachable);
  }

  TEST_CASE("an address that moved for good is a wrong address, not a refused account") {
    Platform platform;
    platform.server.redirect("https://elsewhere.example.org/", 301);
    const auto tdt = platform.tdt();

    for (const std::function<void()>& call : std::vector<std::function<void()>>{
             [&] { tdt->test_connection(); },
             [&] { static_cast<void>(tdt->submit(platform.file, "pes.xml")); },
             [&] { static_cast<void>(tdt->status("12")); },
             [&] { static_cast<void>(tdt->acquit("12")); }}) {
      const Error error = refusal(call);
      CHECK(error.code() == ErrorCode::service_unexpected);
      CHECK(error.hint() == "check tdt.url");
      CHECK(error.cause() == "https://elsewhere.example.org/");
    }
  }

  TEST_CASE("an answer cut short leaves the fate of the file unknown") {
    Platform platform;
    const std::string body = import_answer("123", "OK", "");
    std::string answer;

    SUBCASE("before it began") {}
    SUBCASE("inside its head") { answer = "HTTP/1.1 200 OK\r\nContent-Le"; }
    SUBCASE("inside its body") {
      answer = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + body;
    }
    SUBCASE("inside a body without length") {
      answer = "HTTP/1.1 200 OK\r\n\r\n" + body.substr(0, 60);
    }
    const RawServer raw(platform.identity,
                        {.version = 0, .client_ca = platform.authority.certificate()},
                        [&answer](TlsConnection& connection) {
                          connection.read_request();
                          connection.write(answer);
                        });
    const auto tdt = pes::make_s2low(platform.access(raw.url()));

    CHECK_FALSE(expect<TdtUnknown>(tdt->submit(platform.file, "pes.xml")).reason.empty());
    CHECK(raw.served() == 1);
  }

  TEST_CASE("what did not leave is a failure: a file that is not there, a platform out of reach") {
    Platform platform;

    CHECK(refusal([&] {
            static_cast<void>(platform.tdt()->submit(platform.scratch.path() / "no.xml", "no.xml"));
          }).code() == ErrorCode::file_unknown);
    CHECK(refusal([&] {
            const auto tdt = pes::make_s2low(platform.access("https://127.0.0.1:1"));
            static_cast<void>(tdt->submit(platform.file, "pes.xml"));
          }).code() == ErrorCode::service_unreachable);
    CHECK(platform.server.requests().empty());
  }

  TEST_CASE("a status is given with its label and the platform's words") {
    if (!has_shared()) return;
    Platform platform;
    platform.server.answer(200, xml, sample("answer_status_2.xml"));

    const TdtStatus status = platform.tdt()->status("12");

    CHECK(status.stage == Stage::pending);
    CHECK(status.code == 2);
    CHECK(status.label == "En attente de transmission");
    CHECK(status.message == "Transaction 12 dans la file d'attente");
  }

  TEST_CASE("the reason of an error is read in the encoding it comes in") {
    Platform platform;
    platform.server.answer(200, xml,
                           status_answer("OK", "Transaction 12 : ce fichier existe déjà", "-1"));
    const TdtStatus utf8 = platform.tdt()->status("12");
    platform.server.answer(
        200, xml, status_answer("OK", "Transaction 12 : ce fichier existe d\xE9j\xE0", "-1"));
    const TdtStatus latin1 = platform.tdt()->status("12");

    CHECK(utf8.stage == Stage::failed);
    CHECK(utf8.message == "Transaction 12 : ce fichier existe déjà");
    CHECK(latin1.message == utf8.message);
  }

  TEST_CASE("a cancelled transaction shows its number though it cannot be read") {
    Platform platform;
    platform.server.answer(200, xml, status_answer("KO", "Erreur consultation statut", "0"));

    CHECK(platform.tdt()->status("12").stage == Stage::cancelled);
  }

  TEST_CASE("a status that could not be read is a failure, never a failed transaction") {
    Platform platform;
    const auto untold = [&platform](const std::string& message) {
      platform.server.answer(200, xml, status_answer("KO", message, ""));
      return refusal([&] { static_cast<void>(platform.tdt()->status("12")); });
    };

    for (const char* message :
         {"Pas de numéro de transaction.", "Erreur d'initialisation du module",
          "Numéro de transaction invalide", "Erreur consultation statut"}) {
      CAPTURE(message);
      const Error error = untold(message);
      CHECK(error.code() == ErrorCode::service_unexpected);
      CHECK(error.message().find(message) != std::string::npos);
    }
    for (const char* message : {"Échec de l'authentification", "Accès refusé"}) {
      CAPTURE(message);
      const Error error = untold(message);
      CHECK(error.code() == ErrorCode::identity_refused);
      CHECK(error.hint().find("RW") != std::string::npos);
    }
  }

  TEST_CASE("an answer that is no status is a failure") {
    Platform platform;
    const auto code = [&platform](int status, const std::string& body) {
      platform.server.answer(status, xml, body);
      return refusal([&] { static_cast<void>(platform.tdt()->status("12")); }).code();
    };

    CHECK(code(200, "<html><title>Maintenance</title></html>") == ErrorCode::service_unexpected);
    CHECK(code(200, "") == ErrorCode::service_unexpected);
    CHECK(code(200, status_answer("OK", "", "")) == ErrorCode::service_unexpected);
    CHECK(code(200, status_answer("", "", "8")) == ErrorCode::service_unexpected);
    CHECK(code(500, "") == ErrorCode::service_unexpected);
    CHECK(code(503, "") == ErrorCode::service_unreachable);
  }

  TEST_CASE("an acquit is given byte for byte with the name it has at the DGFiP") {
    if (!has_shared()) return;
    Platform platform;
    const std::string bytes = sample("constructed_pes_acquit_bordereau_ko.xml");
    platform.server.on_request([&bytes](const auto&, httplib::Response& response) {
      response.set_header("Content-disposition", "attachment; filename=\"PESACQ_1.xml\"");
      response.set_content(bytes, xml);
    });

    const auto acquit = platform.tdt()->acquit("12");

    REQUIRE(acquit);
    CHECK(acquit->bytes == bytes);
    CHECK(acquit->name == "PESACQ_1.xml");
  }

  TEST_CASE("anything else in place of an acquit means that there is none yet") {
    Platform platform;

    SUBCASE("not there, or no longer") {
      platform.server.answer(200, html,
                             "<br>helios Tansaction_class: sendAcquit Le fichier '' n'est pas/plus "
                             "disponible.");
    }
    SUBCASE("storage out of order, unknown number") {
      platform.server.redirect("/modules/helios/index.php");
    }
    SUBCASE("not the owner") { platform.server.redirect("/"); }
    SUBCASE("another document") { platform.server.answer(200, xml, "<PES_Retour/>"); }
    SUBCASE("an acquit that stops") { platform.server.answer(200, xml, "<PES_ACQUIT><Enveloppe>"); }
    SUBCASE("nothing") { platform.server.answer(200, xml, ""); }

    CHECK_FALSE(platform.tdt()->acquit("12"));
  }

  TEST_CASE("an acquit that could not be asked for is a failure") {
    Platform platform;
    platform.server.answer(500, html, "");

    CHECK(refusal([&] { static_cast<void>(platform.tdt()->acquit("12")); }).code() ==
          ErrorCode::service_unexpected);
  }

  TEST_CASE("no secret is in what is told, whatever the platform answers") {
    Platform platform;
    const TestIdentity encrypted = with_encrypted_key(platform.agent, "clef-tres-secrete");
    pes::S2lowAccess access = platform.access(platform.server.url());
    access.https.key = encrypted.key;
    access.https.key_password = [] { return Secret("clef-tres-secrete"); };
    access.https.login = "agent";
    access.https.password = [] { return Secret("mot-de-passe-secret"); };
    const auto tdt = pes::make_s2low(access);
    std::string all;
    const auto collect = [&](const std::function<std::string()>& call) {
      try {
        all += call() + "\n";
      } catch (const Error& error) {
        all += error.message() + error.hint() + error.cause() + "\n";
      }
    };

    for (const int status : {200, 302, 401, 403, 404, 413, 500, 502, 503}) {
      platform.server.on_request(
          [status](const httplib::Request& request, httplib::Response& response) {
            response.status = status;
            response.set_header("Location", "/login.php");
            response.set_content("<html><title>debug</title>" +
                                     request.get_header_value("Authorization") +
                                     " mot-de-passe-secret</html>",
                                 html);
          });
      collect([&] { return tdt->test_connection(), std::string(); });
      collect([&] { return tdt->status("12").message; });
      collect([&] { return tdt->acquit("12") ? "acquit" : "none"; });
      collect([&] {
        const TdtSubmission told = tdt->submit(platform.file, "pes.xml");
        const auto* const unknown = std::get_if<TdtUnknown>(&told);
        const auto* const refused = std::get_if<TdtRefused>(&told);
        return (unknown ? unknown->reason : "") + (refused ? refused->message : "");
      });
    }
    for (const std::string& line : platform.told) all += line + "\n";

    CHECK(platform.server.requests().size() == 36);
    CHECK(platform.server.requests()[0].get_header_value("Authorization") ==
          "Basic YWdlbnQ6bW90LWRlLXBhc3NlLXNlY3JldA==");
    CAPTURE(all);
    CHECK(all.find("secret") == std::string::npos);
    CHECK(all.find("YWdlbnQ6") == std::string::npos);
    CHECK(all.find("PRIVATE KEY") == std::string::npos);
    CHECK(platform.told.size() == 36);
  }
}
