#include "net/https_client.hpp"

#include "support/https_server.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <openssl/ssl.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using pes::Error;
using pes::ErrorCode;
using pes::HttpsAccess;
using pes::Secret;
using namespace pes::net;
using namespace pes::test;

namespace {

/// A service that asks for no certificate.
struct Service {
  Scratch scratch;
  TestAuthority authority{scratch.path(), "authority"};
  HttpsServer server{authority.issue_server("127.0.0.1")};
  HttpsAccess access{.url = server.url(), .ca = authority.certificate()};

  std::filesystem::path file(const std::string& name, const std::string& content) const {
    const std::filesystem::path path = scratch.path() / name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
};

HttpAnswer answered(const Posted& posted) {
  REQUIRE(std::holds_alternative<HttpAnswer>(posted));
  return std::get<HttpAnswer>(posted);
}

Error failure_of_get(HttpsClient& client, std::uint64_t limit = ordinary_answer_limit) {
  try {
    client.get("/", {}, limit);
  } catch (const Error& error) {
    return error;
  }
  FAIL("an answer came");
  return {ErrorCode::internal, "unreached"};
}

std::string common_name_of_client(const httplib::Request& request) {
  const pes::Owned<X509, X509_free> certificate(SSL_get1_peer_certificate(request.ssl));
  if (!certificate) return {};
  std::array<char, 100> name{};
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name.data(),
                            name.size());
  return name.data();
}

}  // namespace

TEST_SUITE("net") {
  TEST_CASE("an answer is given as it came, whatever its status") {
    Service service;
    const std::string body("\xE9\0<>\r\n", 6);
    service.server.on_request([&](const auto&, httplib::Response& response) {
      response.status = 418;
      response.set_header("Content-Disposition", "attachment; filename=\"acquit.xml\"");
      response.set_content(body, "text/xml;charset=utf-8");
    });
    HttpsClient client(service.access, "tdt");

    const HttpAnswer answer = client.get("/a/b.php?api=1&id=12", "application/xml");

    CHECK(answer.status == 418);
    CHECK(answer.content_type == "text/xml;charset=utf-8");
    CHECK(answer.file_name == "acquit.xml");
    CHECK(answer.body == body);
    const auto requests = service.server.requests();
    REQUIRE(requests.size() == 1);
    CHECK(requests[0].target == "/a/b.php?api=1&id=12");
    CHECK(requests[0].get_header_value("Accept") == "application/xml");
    CHECK(requests[0].get_header_value("User-Agent").starts_with("pes/"));
    CHECK_FALSE(requests[0].has_header("Authorization"));
    CHECK_FALSE(requests[0].has_header("Accept-Encoding"));
  }

  TEST_CASE("a redirection is reported, never followed") {
    Service service;
    service.server.redirect("/elsewhere");
    HttpsClient client(service.access, "tdt");

    const HttpAnswer answer = client.get("/here");

    CHECK(answer.status == 302);
    CHECK(answer.location == "/elsewhere");
    CHECK(service.server.requests().size() == 1);
  }

  TEST_CASE("a form carries fields, files and slices of files, without Expect") {
    Service service;
    service.server.answer(200, "text/plain", "OK");
    const std::string big =
        std::string(3'000'000, 'a') + std::string(1, '\0') + "\r\n--" + std::string(100'000, 'z');
    const auto file = service.file("big.bin", big);
    HttpsClient client(service.access, "sae");

    const HttpAnswer answer = answered(
        client.post("/form",
                    {FormField{"field", "a=b & é"}, FormFile{"whole", "a \"b\".xml", file, 0, {}},
                     FormFile{"slice", "slice.bin", file, 2'999'998, 6}},
                    "application/json"));

    CHECK(answer.status == 200);
    const auto requests = service.server.requests();
    REQUIRE(requests.size() == 1);
    CHECK_FALSE(requests[0].has_header("Expect"));
    CHECK(requests[0].get_header_value("Accept") == "application/json");
    CHECK(requests[0].get_file_value("field").content == "a=b & é");
    CHECK(requests[0].get_file_value("whole").content == big);
    CHECK(requests[0].get_file_value("whole").content_type == "application/octet-stream");
    CHECK(requests[0].get_file_value("slice").filename == "slice.bin");
    CHECK(requests[0].get_file_value("slice").content == big.substr(2'999'998, 6));
  }

  TEST_CASE("a form whose file cannot be opened is not sent") {
    Service service;
    HttpsClient client(service.access, "tdt");
    const auto absent = service.scratch.path() / "absent.xml";

    try {
      static_cast<void>(client.post("/", {FormFile{"enveloppe", "a.xml", absent, 0, {}}}));
      FAIL("sent");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::file_unknown);
    }

    CHECK(service.server.requests().empty());
  }

  TEST_CASE("a login is sent with its password, asked for at each request and not kept") {
    Service service;
    service.server.answer(200, "text/plain", "OK");
    int times = 0;
    service.access.login = "agent";
    service.access.password = [&times] {
      ++times;
      return Secret("mot:de passe");
    };
    HttpsClient client(service.access, "tdt");

    client.get("/");
    client.get("/");

    CHECK(times == 2);
    const auto requests = service.server.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[1].get_header_value("Authorization") == "Basic YWdlbnQ6bW90OmRlIHBhc3Nl");
  }

  TEST_CASE("each request has a connection of its own, so that none is repeated on a dead one") {
    Service service;
    std::vector<int> ports;
    service.server.on_request([&ports](const httplib::Request& request, httplib::Response&) {
      ports.push_back(request.remote_port);
    });
    HttpsClient client(service.access, "tdt");

    client.get("/");
    client.get("/");

    REQUIRE(ports.size() == 2);
    CHECK(ports[0] != ports[1]);
  }

  TEST_CASE("our certificate is shown to a service that wants one") {
    const Scratch scratch;
    const TestAuthority authority(scratch.path(), "authority");
    const TestIdentity client_identity = authority.issue_client("agent");
    HttpsServer server(authority.issue_server("127.0.0.1"), authority.certificate());
    std::string seen;
    server.on_request([&seen](const httplib::Request& request, httplib::Response&) {
      seen = common_name_of_client(request);
    });
    int times = 0;
    HttpsAccess access{.url = server.url(), .ca = authority.certificate()};
    access.key_password = [&times] {
      ++times;
      return Secret("mot de passe");
    };

    SUBCASE("from PEM files") {
      access.certificate = client_identity.certificate;
      access.key = client_identity.key;
    }
    SUBCASE("from a PKCS#12, whose password is asked for once") {
      access.certificate = as_pkcs12(client_identity, "mot de passe");
    }
    HttpsClient client(access, "tdt");
    client.get("/");
    client.get("/");

    CHECK(seen == "agent");
    CHECK(times <= 1);
  }

  TEST_CASE("a service whose certificate is not trusted gets no request") {
    Service service;
    const Scratch elsewhere;
    const TestAuthority other(elsewhere.path(), "other");
    std::string setting = "tdt.ca";

    SUBCASE("another authority") { service.access.ca = other.certificate(); }
    SUBCASE("the system's authorities") { service.access.ca.clear(); }
    SUBCASE("another name") {
      service.access.url.replace(service.access.url.find("127.0.0.1"), 9, "localhost");
    }
    HttpsClient client(service.access, "tdt");
    const Error error = failure_of_get(client);

    CHECK(error.code() == ErrorCode::service_unreachable);
    CHECK(error.message() == "the certificate of " + client.url() + " is not trusted");
    CHECK(error.hint().find(setting) != std::string::npos);
    CHECK_FALSE(error.cause().empty());
    CHECK(service.server.requests().empty());
  }

  TEST_CASE("a CA file without certificate is a fault of the configuration") {
    Service service;
    service.access.ca = service.file("empty.pem", "");
    HttpsClient client(service.access, "sae");

    const Error error = failure_of_get(client);

    CHECK(error.code() == ErrorCode::config_invalid);
    CHECK(error.message().find(service.access.ca.native()) != std::string::npos);
    CHECK(error.hint().find("sae.ca") != std::string::npos);
  }

  TEST_CASE("an answer is taken up to its bound and not beyond") {
    Service service;
    service.server.answer(200, "text/plain", std::string(1'000, 'x'));
    HttpsClient client(service.access, "tdt");

    CHECK(client.get("/", {}, 1'000).body.size() == 1'000);
    CHECK(failure_of_get(client, 999).code() == ErrorCode::service_unexpected);
  }

  TEST_CASE("an interruption before the request leaves the service alone") {
    Service service;
    service.access.stop = [] { return true; };
    HttpsClient client(service.access, "tdt");

    try {
      static_cast<void>(client.post("/", {FormField{"a", "b"}}));
      FAIL("sent");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::cancelled);
    }
    CHECK(service.server.requests().empty());
  }

  TEST_CASE("an interruption after the request leaves its fate unknown") {
    Service service;
    std::atomic<bool> is_received = false;
    std::atomic<bool> may_answer = false;
    service.server.on_request([&](const auto&, auto&) {
      is_received = true;
      while (!may_answer) std::this_thread::yield();
    });
    service.access.stop = [&is_received] { return is_received.load(); };
    HttpsClient client(service.access, "tdt");

    const Posted posted = client.post("/", {FormField{"a", "b"}});
    may_answer = true;

    REQUIRE(std::holds_alternative<Unanswered>(posted));
    CHECK(std::get<Unanswered>(posted).error.code() == ErrorCode::cancelled);
  }

  TEST_CASE("what a callback throws comes out of the request") {
    Service service;
    service.access.stop = []() -> bool { throw std::runtime_error("from the callback"); };
    HttpsClient client(service.access, "tdt");

    CHECK_THROWS_WITH_AS(client.get("/"), "from the callback", std::runtime_error);
    CHECK(service.server.requests().empty());
  }

  TEST_CASE("a proxy of the environment is not used for this machine") {
    Service service;
    service.server.answer(200, "text/plain", "OK");
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing else reads the environment here.
    ::setenv("https_proxy", "http://127.0.0.1:1", 1);
    HttpsClient client(service.access, "tdt");

    const HttpAnswer answer = client.get("/");
    // NOLINTNEXTLINE(concurrency-mt-unsafe): as above.
    ::unsetenv("https_proxy");

    CHECK(answer.body == "OK");
  }

  TEST_CASE("each exchange is traced in one line") {
    Service service;
    service.server.answer(200, "text/plain", "OK");
    std::vector<std::string> lines;
    service.access.login = "agent";
    service.access.password = [] { return Secret("mot de passe"); };
    service.access.trace = [&lines](const std::string& line) { lines.push_back(line); };
    HttpsClient client(service.access, "tdt");

    client.get("/a?api=1");
    static_cast<void>(client.post("/b", {FormField{"a", "b"}}));
    static_cast<void>(failure_of_get(client, 1));

    CHECK(lines ==
          std::vector<std::string>{
              "GET " + client.url() + "/a?api=1: HTTP 200 text/plain, 2 bytes",
              "POST " + client.url() + "/b: HTTP 200 text/plain, 2 bytes",
              "GET " + client.url() + "/: the answer of " + client.url() + " is too large"});
  }

  TEST_CASE("a document is posted as it is, with its type") {
    Service service;
    service.server.answer(200, "text/plain", "ok");
    HttpsClient client(service.access, "tdt");
    const std::string bytes("\0\xff=&\r\n", 6);

    const Posted posted = client.post("/x", Document{"application/timestamp-query", bytes}, "a/b");

    CHECK(answered(posted).body == "ok");
    const httplib::Request request = service.server.requests().front();
    CHECK(request.method == "POST");
    CHECK(request.body == bytes);
    CHECK(request.get_header_value_count("Content-Type") == 1);
    CHECK(request.get_header_value("Content-Type") == "application/timestamp-query");
    CHECK(request.get_header_value("Accept") == "a/b");
  }

  TEST_CASE("a service that is overloaded tells how long to leave it alone") {
    Service service;
    HttpsClient client(service.access, "tdt");
    const auto asked = [&](int status, const char* name, const std::string& value) {
      service.server.on_request([=](const auto&, httplib::Response& response) {
        response.status = status;
        response.set_header("Date", "Mon, 05 Jan 2026 13:45:00 GMT");
        response.set_header(name, value);
      });
      return client.unusable(client.get("/")).retry_after();
    };

    CHECK(asked(503, "Retry-After", "120") == std::chrono::seconds(120));
    CHECK(asked(429, "retry-after", "Mon, 05 Jan 2026 13:46:30 GMT") == std::chrono::seconds(90));
    CHECK_FALSE(asked(503, "X-Other", "120").has_value());
    CHECK_FALSE(asked(401, "Retry-After", "120").has_value());
  }

  TEST_CASE("the status alone tells what an unusable answer is") {
    const HttpsClient client({.url = "https://tdt.example.org"}, "tdt");
    const auto code = [&client](long status) {
      return client.unusable({.status = status, .location = "https://x.org/", .body = "words"})
          .code();
    };

    for (const long status : {401, 403}) CHECK(code(status) == ErrorCode::identity_refused);
    for (const long status : {408, 429, 502, 503, 504}) {
      CHECK(code(status) == ErrorCode::service_unreachable);
    }
    for (const long status : {200, 204, 301, 302, 400, 404, 500}) {
      CHECK(code(status) == ErrorCode::service_unexpected);
    }
    CHECK(client.unusable({.status = 500, .body = "words"}).cause() == "words");
    CHECK(client.unusable({.status = 302, .location = "https://x.org/"}).cause() ==
          "https://x.org/");
  }
}
