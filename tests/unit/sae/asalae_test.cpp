#include "crypto/digest.hpp"
#include "pes/adapters.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/file.hpp"
#include "support/https_server.hpp"
#include "support/raw_server.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "support/shared.hpp"

#include <doctest/doctest.h>

#include <algorithm>
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

namespace {

constexpr const char* json = "application/json";
constexpr const char* html = "text/html; charset=UTF-8";
constexpr const char* deposited = R"({"date_du_depot":"2026-01-05 13:45:00"})";
constexpr const char* session =
    R"({"chunk_session_identifier":12,"chunk_security_identifier":"s3"})";

/// An as@lae without client certificate, and an archive of 25 bytes for it.
struct Service {
  Scratch scratch;
  TestAuthority authority{scratch.path(), "authority"};
  TestIdentity identity = authority.issue_server("127.0.0.1");
  HttpsServer server{identity};
  std::filesystem::path bordereau = scratch.path() / "b.xml";
  std::filesystem::path archive = scratch.path() / "a.tar.gz";
  std::vector<std::string> told;  // traces
  std::uint64_t chunk_bytes = 0;

  Service() {
    std::ofstream(bordereau) << "<ArchiveTransfer/>";
    std::ofstream(archive) << "abcdefghijklmnopqrstuvwxy";
  }

  pes::AsalaeAccess access(const std::string& url) {
    pes::AsalaeAccess access;
    access.https.url = url;
    access.https.ca = authority.certificate();
    access.https.login = "pastell";
    access.https.password = [] { return Secret("mot-de-passe-secret"); };
    access.https.timeout = std::chrono::seconds(5);
    access.https.trace = [this](const std::string& line) { told.push_back(line); };
    access.chunk_bytes = chunk_bytes;
    return access;
  }

  std::unique_ptr<Sae> sae() { return pes::make_asalae(access(server.url() + "/restservices")); }

  SaeDeposit deposit() { return sae()->deposit(bordereau, archive, "archive.tar.gz"); }

  /// Answers the n-th request with the n-th answer, and the following ones with the last.
  struct Answer {
    int status;
    std::string body;
  };
  void answer_in_turn(std::vector<Answer> answers) {
    server.on_request([answers = std::move(answers), rank = std::size_t{0}](
                          const auto&, httplib::Response& response) mutable {
      const Answer& answer = answers[std::min(rank++, answers.size() - 1)];
      response.status = answer.status;
      response.set_content(answer.body, html);
    });
  }
};

template <typename Outcome, typename Answer>
Outcome expect(const Answer& answer) {
  REQUIRE(std::holds_alternative<Outcome>(answer));
  return std::get<Outcome>(answer);
}

std::string basic(const std::string& login, const std::string& password) {
  return "Basic " + pes::base64(pes::as_bytes(login + ":" + password));
}

}  // namespace

TEST_SUITE("sae") {
  TEST_CASE("the name says where archives go, and the sandbox that it is a test") {
    CHECK(pes::make_asalae({.https = {.url = "https://sae.example.org/restservices/"}})->name() ==
          "as@lae https://sae.example.org/restservices");
    CHECK(pes::make_asalae({.https = {.url = "https://127.0.0.1:8443"}, .is_sandbox = true})
              ->name() == "SAE bac à sable (test)");
  }

  TEST_CASE("the longer nothing comes, the longer the pause; the sandbox is quick") {
    using std::chrono::hours;
    using std::chrono::minutes;
    const auto sae = pes::make_asalae({.https = {.url = "https://sae.example.org"}});
    const auto sandbox =
        pes::make_asalae({.https = {.url = "https://127.0.0.1"}, .is_sandbox = true});

    CHECK(sae->pause(1) == minutes(1));
    CHECK(sae->pause(2) == minutes(4));
    CHECK(sae->pause(3) == minutes(10));
    CHECK(sae->pause(4) == minutes(15));
    CHECK(sae->pause(7) == hours(1));
    CHECK(sae->pause(1'000) == hours(6));
    CHECK(sandbox->pause(1'000) == std::chrono::seconds(1));
  }

  TEST_CASE("the digest of the password is sent, or what is configured as being it") {
    Service service;
    service.server.answer(200, json, "\"ok\"");
    pes::AsalaeAccess access = service.access(service.server.url());

    static_cast<void>(refusal([&] { pes::make_asalae(access)->test_connection(); }));
    access.password_is_hash = true;
    static_cast<void>(refusal([&] { pes::make_asalae(access)->test_connection(); }));

    const auto requests = service.server.requests();
    REQUIRE(requests.size() == 4);
    CHECK(requests[0].get_header_value("Authorization") ==
          basic("pastell", pes::crypto::sha256_hex("mot-de-passe-secret")));
    CHECK(requests[2].get_header_value("Authorization") == basic("pastell", "mot-de-passe-secret"));
  }

  TEST_CASE("a connection works when the service answers and says its version") {
    Service service;
    service.answer_in_turn(
        {{200, "\"webservices as@lae accessibles\""},
         {200, R"({"application":"as@lae","denomination":"","version":"V1.6.3"})"}});

    CHECK(service.sae()->test_connection() == "V1.6.3");

    const auto requests = service.server.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[0].target == "/restservices/ping");
    CHECK(requests[1].target == "/restservices/versions");
    CHECK(requests[1].get_header_value("Accept") == json);
  }

  TEST_CASE("a connection that does not work says why") {
    Service service;
    const auto code = [&service](std::vector<Service::Answer> answers) {
      service.answer_in_turn(std::move(answers));
      return refusal([&] { service.sae()->test_connection(); }).code();
    };

    CHECK(code({{404, "Not found"}}) == ErrorCode::service_unexpected);
    CHECK(code({{200, "<html></html>"}}) == ErrorCode::service_unexpected);
    CHECK(code({{503, ""}}) == ErrorCode::service_unreachable);
    CHECK(code({{200, "\"ok\""}, {401, "Unauthorized"}}) == ErrorCode::identity_refused);
    CHECK(code({{200, "\"ok\""}, {200, "{}"}}) == ErrorCode::service_unexpected);
    CHECK(code({{200, "\"ok\""}, {200, "{\"application\":\"x\"}"}}) ==
          ErrorCode::service_unexpected);
  }

  TEST_CASE("a wrong address is told with the form of a right one") {
    Service service;
    service.server.answer(404, html, "<html><title>Not Found</title></html>");

    const Error error = refusal([&] { service.sae()->test_connection(); });

    CHECK(error.hint().find("/restservices") != std::string::npos);
    CHECK(error.cause() == "Not Found");
  }

  TEST_CASE("an archive is deposited with its bordereau in one call") {
    Service service;
    service.server.answer(200, json, deposited);

    SUBCASE("never cut") { service.chunk_bytes = 0; }
    SUBCASE("as large as a piece, no larger") { service.chunk_bytes = 25; }
    const auto answer = expect<SaeDeposited>(service.deposit());

    CHECK(answer.answer == deposited);
    const auto requests = service.server.requests();
    REQUIRE(requests.size() == 1);
    CHECK(requests[0].target == "/restservices/sedaMessages");
    CHECK(requests[0].get_header_value("Accept") == json);
    CHECK(requests[0].files.size() == 2);
    CHECK(requests[0].get_file_value("seda_message").filename == "bordereau.xml");
    CHECK(requests[0].get_file_value("seda_message").content == "<ArchiveTransfer/>");
    CHECK(requests[0].get_file_value("attachments").filename == "archive.tar.gz");
    CHECK(requests[0].get_file_value("attachments").content == "abcdefghijklmnopqrstuvwxy");
  }

  TEST_CASE("an archive larger than a piece is deposited in pieces") {
    Service service;
    service.chunk_bytes = 10;
    service.answer_in_turn({{200, session}, {200, "{\"recu\":true}"}});

    expect<SaeDeposited>(service.deposit());

    const auto requests = service.server.requests();
    REQUIRE(requests.size() == 4);
    CHECK(requests[0].target == "/restservices/sedaMessages");
    CHECK(requests[0].get_file_value("seda_message").content == "<ArchiveTransfer/>");
    CHECK(requests[0].get_file_value("send_chunked_attachments").content == "true");
    CHECK_FALSE(requests[0].has_file("attachments"));
    const std::vector<std::string> contents{"abcdefghij", "klmnopqrst", "uvwxy"};
    for (std::size_t i = 0; i < contents.size(); ++i) {
      const httplib::Request& piece = requests[i + 1];
      CAPTURE(i);
      CHECK(piece.target == "/restservices/sedaAttachmentsChunkFiles");
      CHECK(piece.get_file_value("chunk_content").content == contents[i]);
      CHECK(piece.get_file_value("session_identifier").content == "12");
      CHECK(piece.get_file_value("security_identifier").content == "s3");
      CHECK(piece.get_file_value("number_of_files").content == "1");
      CHECK(piece.get_file_value("file_index").content == "1");
      CHECK(piece.get_file_value("file_name").content == "archive.tar.gz");
      CHECK(piece.get_file_value("compression_algorithm").content == "TARGZ");
      CHECK(piece.get_file_value("number_of_chunks").content == "3");
      CHECK(piece.get_file_value("chunk_index").content == std::to_string(i + 1));
    }
  }

  TEST_CASE("a service that opens no session does not take pieces") {
    Service service;
    service.chunk_bytes = 10;

    for (const char* opening :
         {deposited, R"({"chunk_session_identifier":12})",
          R"({"chunk_session_identifier":"","chunk_security_identifier":"s3"})"}) {
      CAPTURE(opening);
      service.server.answer(200, json, opening);
      CHECK(expect<SaeRefused>(service.deposit()).message.find("sae.chunk_size") !=
            std::string::npos);
    }
  }

  TEST_CASE("a deposit refused keeps the words of the service") {
    Service service;
    const std::string words =
        "Erreur de donnée du formulaire : la taille du fichier transmis \"bordereau.xml\" est "
        "nulle";

    SUBCASE("400") { service.answer_in_turn({{400, words}}); }
    SUBCASE("409") { service.answer_in_turn({{409, words}}); }
    SUBCASE("500 with a sentence") { service.answer_in_turn({{500, words}}); }
    SUBCASE("at the opening of a deposit in pieces") {
      service.chunk_bytes = 10;
      service.answer_in_turn({{400, words}});
    }
    SUBCASE("at a piece") {
      service.chunk_bytes = 10;
      service.answer_in_turn({{200, session}, {200, "{\"recu\":true}"}, {500, words}});
    }

    CHECK(expect<SaeRefused>(service.deposit()).message == words);
  }

  TEST_CASE("a refusal without a word is one all the same") {
    Service service;
    service.server.answer(413, html, "<html></html>");

    CHECK(expect<SaeRefused>(service.deposit()).message.find("413") != std::string::npos);
  }

  TEST_CASE("a status that comes before as@lae is a failure, and nothing was deposited") {
    Service service;
    const auto code = [&service](int status) {
      service.server.answer(status, html, "");
      return refusal([&] { static_cast<void>(service.deposit()); }).code();
    };

    CHECK(code(401) == ErrorCode::identity_refused);
    CHECK(code(403) == ErrorCode::identity_refused);
    CHECK(code(404) == ErrorCode::service_unexpected);
    CHECK(code(302) == ErrorCode::service_unexpected);
    CHECK(code(429) == ErrorCode::service_unreachable);
  }

  TEST_CASE("an answer that proves nothing leaves the fate of the deposit unknown") {
    Service service;
    for (const Service::Answer& answer : {Service::Answer{200, ""},
                                          {200, "{}"},
                                          {200, "<html><title>Maintenance</title></html>"},
                                          {200, "{\"date_du_depot\":"},
                                          {202, deposited},
                                          {500, ""},
                                          {500, "<html><title>Error</title></html>"},
                                          {502, "Bad Gateway"},
                                          {503, "Unavailable"},
                                          {504, "Timeout"}}) {
      CAPTURE(answer.status);
      CAPTURE(answer.body);

      service.chunk_bytes = 0;
      service.answer_in_turn({answer});
      CHECK_FALSE(expect<SaeUnknown>(service.deposit()).reason.empty());

      service.chunk_bytes = 20;
      service.answer_in_turn({{200, session}, {200, "{\"recu\":true}"}, answer});
      CHECK_FALSE(expect<SaeUnknown>(service.deposit()).reason.empty());
    }
  }

  TEST_CASE("before the last piece the same answers are failures: nothing is complete") {
    Service service;
    service.chunk_bytes = 10;

    SUBCASE("at the opening") { service.answer_in_turn({{502, "Bad Gateway"}}); }
    SUBCASE("at the first piece") { service.answer_in_turn({{200, session}, {200, ""}}); }
    SUBCASE("at the last but one") {
      service.answer_in_turn({{200, session}, {200, "{\"recu\":true}"}, {504, ""}});
    }

    CHECK(refusal([&] { static_cast<void>(service.deposit()); }).code() ==
          ErrorCode::service_unreachable);
  }

  TEST_CASE("a deposit whose answer is lost has an unknown fate, except before its last piece") {
    Service service;
    int lost = 0;
    SUBCASE("in one call") { lost = 1; }
    SUBCASE("at the opening") { lost = 1, service.chunk_bytes = 10; }
    SUBCASE("at the second piece of three") { lost = 3, service.chunk_bytes = 10; }
    SUBCASE("at the last piece") { lost = 4, service.chunk_bytes = 10; }
    int rank = 0;
    const RawServer raw(service.identity, {}, [&](TlsConnection& connection) {
      connection.read_request();
      if (++rank == lost) return;
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: " +
                       std::to_string(std::string(session).size()) + "\r\n\r\n" + session);
      connection.wait_for_the_end();
    });
    const auto sae = pes::make_asalae(service.access(raw.url()));
    const bool is_last = service.chunk_bytes == 0 || lost == 4;

    if (is_last) {
      expect<SaeUnknown>(sae->deposit(service.bordereau, service.archive, "archive.tar.gz"));
    } else {
      CHECK(refusal([&] {
              static_cast<void>(sae->deposit(service.bordereau, service.archive, "archive.tar.gz"));
            }).code() == ErrorCode::service_unreachable);
    }
    CHECK(rank == lost);
  }

  TEST_CASE("what did not leave is a failure: a file that is not there, a service out of reach") {
    Service service;
    const auto absent = service.scratch.path() / "absent";
    const auto unreachable = pes::make_asalae(service.access("https://127.0.0.1:1"));
    const auto code = [](const std::function<SaeDeposit()>& call) {
      return refusal([&] { static_cast<void>(call()); }).code();
    };

    CHECK(code([&] { return service.sae()->deposit(absent, service.archive, "a"); }) ==
          ErrorCode::file_unknown);
    CHECK(code([&] { return service.sae()->deposit(service.bordereau, absent, "a"); }) ==
          ErrorCode::file_unknown);
    CHECK(code([&] { return unreachable->deposit(service.bordereau, service.archive, "a"); }) ==
          ErrorCode::service_unreachable);
    CHECK(service.server.requests().empty());
  }

  TEST_CASE("messages are asked for by agency and transfer, encoded as a form does") {
    Service service;
    service.server.answer(200, "application/xml", "<Acknowledgement/>");
    const auto sae = service.sae();

    static_cast<void>(sae->acknowledgement("FRAD 000/é", "ab:1_1760000000"));
    static_cast<void>(sae->reply("FRAD000", "ab_1"));

    const auto requests = service.server.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[0].target ==
          "/restservices/sedaMessages/sequence:ArchiveTransfer/message:Acknowledgement"
          "/originOrganizationIdentification:FRAD+000%2F%C3%A9"
          "/originMessageIdentifier:ab%3A1_1760000000");
    CHECK(requests[0].get_header_value("Accept") == "application/xml");
    CHECK(requests[1].target ==
          "/restservices/sedaMessages/sequence:ArchiveTransfer/message:ArchiveTransferReply"
          "/originOrganizationIdentification:FRAD000/originMessageIdentifier:ab_1");
  }

  TEST_CASE("a message is given byte for byte") {
    if (!has_shared()) return;
    Service service;
    for (const char* name : {"seda-1.0/ack.xml", "seda-1.0/atr_accepted_pes.xml",
                             "seda-0.2/ata_accepted.xml", "seda-2.1/atr_rejected_101.xml"}) {
      CAPTURE(name);
      const std::string bytes = pes::read_file(shared() / "samples" / "sae" / name, 10'000'000);
      service.server.answer(200, "application/xml", bytes);

      CHECK(expect<SaeMessage>(service.sae()->reply("FRAD000", "id")).bytes == bytes);
    }
  }

  TEST_CASE("a message that is not ready is no failure, nor is a transfer that is not known") {
    Service service;
    service.server.answer(500, html, "Transfert en cours de traitement");
    const auto pending = expect<SaePending>(service.sae()->reply("FRAD000", "id"));
    service.server.answer(
        500, html, "Transfert d'archive \xE0 l'origine de la s\xE9quence non trouv\xE9 : id");
    const auto unknown = expect<SaeNoTransfer>(service.sae()->acknowledgement("FRAD000", "id"));

    CHECK(pending.message == "Transfert en cours de traitement");
    CHECK(unknown.message == "Transfert d'archive à l'origine de la séquence non trouvé : id");
  }

  TEST_CASE("any other answer to a question is a failure with the service's words") {
    Service service;
    const auto error = [&service](int status, const std::string& body) {
      service.server.answer(status, html, body);
      return refusal([&] { static_cast<void>(service.sae()->reply("FRAD000", "id")); });
    };

    CHECK(error(500, "Erreur interne").code() == ErrorCode::service_unexpected);
    CHECK(error(500, "Erreur interne").cause() == "Erreur interne");
    CHECK(error(404, "").code() == ErrorCode::service_unexpected);
    CHECK(error(401, "").code() == ErrorCode::identity_refused);
    CHECK(error(403, "").code() == ErrorCode::identity_refused);
    CHECK(error(503, "").code() == ErrorCode::service_unreachable);
    CHECK(error(200, "").code() == ErrorCode::service_unexpected);
    CHECK(error(200, "\"ok\"").code() == ErrorCode::service_unexpected);
    CHECK(error(200, "<!DOCTYPE html><html></html>").code() == ErrorCode::service_unexpected);
    CHECK(error(302, "").code() == ErrorCode::service_unexpected);
  }

  TEST_CASE("no secret is in what is told, whatever the service answers") {
    Service service;
    const auto sae = service.sae();
    const std::string digest = pes::crypto::sha256_hex("mot-de-passe-secret");
    std::string all;
    const auto collect = [&](const std::function<std::string()>& call) {
      try {
        all += call() + "\n";
      } catch (const Error& error) {
        all += error.message() + error.hint() + error.cause() + "\n";
      }
    };

    for (const int status : {200, 302, 400, 401, 403, 404, 413, 500, 502, 503}) {
      // The credentials in a page, or in a text when the status is even.
      service.server.on_request(
          [&, status](const httplib::Request& request, httplib::Response& response) {
            const std::string shown = request.get_header_value("Authorization") + " " + digest;
            response.status = status;
            response.set_content(status == 200 || status % 2 == 1
                                     ? "<html><title>debug</title>" + shown + "</html>"
                                     : shown,
                                 html);
          });
      collect([&] { return sae->test_connection(); });
      collect([&] { return sae->reply("FRAD000", "id"), std::string(); });
      collect([&] {
        const SaeDeposit told = sae->deposit(service.bordereau, service.archive, "a.tar.gz");
        const auto* const unknown = std::get_if<SaeUnknown>(&told);
        const auto* const refused = std::get_if<SaeRefused>(&told);
        return (unknown ? unknown->reason : "") + (refused ? refused->message : "");
      });
    }
    for (const std::string& line : service.told) all += line + "\n";

    CHECK(service.server.requests().size() == 30);
    CHECK(service.told.size() == 30);
    CHECK(all.find(digest) == std::string::npos);
    CHECK(all.find("secret") == std::string::npos);
    CHECK(all.find(basic("pastell", digest).substr(6, 10)) == std::string::npos);
  }
}
