#include "sandbox_authority.hpp"
#include "support/https_server.hpp"
#include "support/refusal.hpp"

#include <doctest/doctest.h>

#include <string>

using pes::ErrorCode;
using namespace pes::test;

namespace {

/// A server that is no authority.
struct OtherServer {
  Scratch scratch;
  TestAuthority authority{scratch.path(), "authority"};
  HttpsServer server{authority.issue_server("127.0.0.1")};

  [[nodiscard]] std::unique_ptr<pes::port::Tsa> tsa() const {
    return pes::make_rfc3161(
        {.https = {.url = server.url() + "/tsr", .ca = authority.certificate()}});
  }
  ErrorCode code() {
    return refusal([&] { tsa()->stamp(sha256_of_abc); }).code();
  }
};

}  // namespace

TEST_SUITE("tsa") {
  TEST_CASE("the question is posted as RFC 3161 says") {
    OtherServer other;

    other.code();

    REQUIRE(other.server.requests().size() == 1);
    const httplib::Request request = other.server.requests().front();
    CHECK(request.method == "POST");
    CHECK(request.path == "/tsr");
    CHECK(request.get_header_value("Content-Type") == "application/timestamp-query");
    CHECK(request.get_header_value("Accept") == "application/timestamp-reply");
    CHECK(request.body.find(std::string("\xba\x78\x16\xbf", 4)) != std::string::npos);
  }

  TEST_CASE("each question has a nonce of its own, and a reply to another is refused") {
    const SandboxAuthority sandbox;
    const std::string reply = sandbox.tsa()->stamp(sha256_of_abc);
    OtherServer other;
    other.server.answer(200, "application/timestamp-reply", reply);

    const pes::Error error = refusal([&] { other.tsa()->stamp(sha256_of_abc); });

    CHECK(error.code() == ErrorCode::service_unexpected);
    CHECK(error.message().find("another question") != std::string::npos);
    CHECK(error.hint().find("journal.tsa") != std::string::npos);
  }

  TEST_CASE("what is no time stamp is told for what it is") {
    OtherServer other;
    const auto code = [&](int status, const std::string& body) {
      other.server.answer(status, "text/html", body);
      return other.code();
    };

    CHECK(code(200, "<html>") == ErrorCode::service_unexpected);
    CHECK(code(200, "") == ErrorCode::service_unexpected);
    CHECK(code(401, "") == ErrorCode::identity_refused);
    CHECK(code(503, "") == ErrorCode::service_unreachable);
    other.server.redirect("https://x.org/");
    CHECK(other.code() == ErrorCode::service_unexpected);
  }

  TEST_CASE("an authority that does not grant says why") {
    // PKIStatusInfo of status 2, rejection, with one text (RFC 3161 §2.4.2).
    const std::string rejection("\x30\x0e\x30\x0c\x02\x01\x02\x30\x07\x0c\x05quota", 16);
    OtherServer other;
    other.server.answer(200, "application/timestamp-reply", rejection);

    const pes::Error error = refusal([&] { other.tsa()->stamp(sha256_of_abc); });

    CHECK(error.code() == ErrorCode::service_refused);
    CHECK(error.message().find("quota") != std::string::npos);
  }

  TEST_CASE("hints name the keys of the configuration") {
    OtherServer other;
    const auto untrusted =
        pes::make_rfc3161({.https = {.url = other.server.url(), .ca = "/nonexistent.pem"}});

    const pes::Error error = refusal([&] { untrusted->stamp(sha256_of_abc); });

    CHECK((error.hint() + error.message()).find("journal.tsa_ca") != std::string::npos);
    CHECK(refusal([] { pes::make_rfc3161({.https = {.url = "ftp://x"}}); })
              .message()
              .find("journal.tsa") != std::string::npos);
  }
}
