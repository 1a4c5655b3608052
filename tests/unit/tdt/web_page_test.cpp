#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "support/refusal.hpp"
#include "unit/tdt/platform.hpp"

#include <doctest/doctest.h>

#include <string>

using pes::ErrorCode;
using pes::Secret;
using namespace pes::test;

namespace {

pes::S2lowAccess with_login(Platform& platform) {
  pes::S2lowAccess access = platform.access(platform.server.url());
  access.https.login = "agent é";
  access.https.password = [] { return Secret("mot-de-passe"); };
  return access;
}

}  // namespace

TEST_SUITE("tdt") {
  TEST_CASE("the address of a page opens it by a nonce, without the password") {
    Platform platform;
    platform.server.answer(200, "application/json", R"({"nounce":"a1b2"})");
    const auto tdt = pes::make_s2low(with_login(platform));
    const std::string key =
        "nounce=a1b2&login=agent+%C3%A9&hash=" + pes::crypto::sha256_hex("mot-de-passe:a1b2");

    CHECK(tdt->page("12").reveal() ==
          platform.server.url() + "/modules/helios/helios_transac_show.php?id=12&" + key);
    CHECK(tdt->page("").reveal() == platform.server.url() + "/modules/helios/index.php?" + key);
    CHECK(platform.server.requests().front().path == "/api/get-nounce.php");
    for (const std::string& line : platform.told) CHECK(line.find("a1b2") == std::string::npos);
  }

  TEST_CASE("without a login there is no such address, and nothing is asked") {
    Platform platform;

    const pes::Error error = refusal([&] { (void)platform.tdt()->page("12"); });

    CHECK(error.code() == ErrorCode::config_missing);
    CHECK(error.hint().find("tdt.login") != std::string::npos);
    CHECK(platform.server.requests().empty());
  }

  TEST_CASE("no nonce, no address") {
    Platform platform;
    const auto code = [&](int status, const std::string& body) {
      platform.server.answer(status, "text/html", body);
      return refusal([&] { (void)pes::make_s2low(with_login(platform))->page("12"); }).code();
    };

    CHECK(code(401, "La fonction n'est utilisable qu'avec un login+mot de passe HTTP") ==
          ErrorCode::identity_refused);
    CHECK(code(200, "KO\nLa connexion n&#039;a pas pu ?tre ?tablie\n") ==
          ErrorCode::identity_refused);
    CHECK(code(200, "<html></html>") == ErrorCode::service_unexpected);
    CHECK(code(200, R"({"nounce":12})") == ErrorCode::service_unexpected);
    CHECK(code(200, "[]") == ErrorCode::service_unexpected);
  }
}
