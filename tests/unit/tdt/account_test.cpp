#include "pes/error.hpp"
#include "support/refusal.hpp"
#include "unit/tdt/platform.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using pes::Error;
using pes::ErrorCode;
using pes::LoginEncoding;
using pes::Secret;
using namespace pes::test;

namespace {

constexpr const char* html = "text/html; charset=utf-8";

Error refusal_of_connection(Platform& platform, const std::string& login) {
  pes::S2lowAccess access = platform.access(platform.server.url());
  access.https.login = login;
  access.https.password = [] { return Secret("mot-de-passe"); };
  return refusal([&] { pes::make_s2low(access)->test_connection(); });
}

std::string status_answer(const std::string& message) {
  return "<transaction ><id/><resultat>KO</resultat><message>" + message +
         "</message><status></status></transaction>";
}

}  // namespace

TEST_SUITE("tdt") {
  TEST_CASE("several accounts on one certificate are told to who gave no login") {
    Platform platform;
    SUBCASE("in text, by the servers of the field") {
      platform.server.answer(200, html, "KO\nLa connexion n&#039;a pas pu \xEAtre \xE9tablie\n");
    }
    SUBCASE("in text, by the newest, which lost its accents") {
      platform.server.answer(200, html, "KO\nLa connexion n&#039;a pas pu ?tre ?tablie\n");
    }
    SUBCASE("by a redirection") {
      platform.server.redirect("https://127.0.0.1/login.php?error=multiple_accounts");
    }

    const Error without = refusal_of_connection(platform, "");
    const Error with = refusal_of_connection(platform, "agent");

    CHECK(without.code() == ErrorCode::identity_refused);
    CHECK(without.hint().find("pes tdt logins") != std::string::npos);
    CHECK(with.hint() == "check tdt.certificate, tdt.login and tdt.password");
  }

  TEST_CASE("the newest server's reason for its login page is given in words") {
    Platform platform;
    const auto message = [&](const std::string& location) {
      platform.server.redirect(location);
      return refusal_of_connection(platform, "agent").message();
    };

    CHECK(message("/login.php?error=bad_credentials").ends_with(": wrong login or password"));
    CHECK(message("/login.php?error=empty_login&x=1").ends_with(": no login was given"));
    CHECK(message("/login.php?error=empty_password").ends_with(": no password was given"));
    CHECK(message("/login.php?error=unheard_of").ends_with("sends us to its login page"));
    CHECK(message("/connexion-status").ends_with("sends us to its login page"));
  }

  TEST_CASE("the logins of a certificate are read in the encoding they come in, one a line") {
    Platform platform;
    const auto logins = [&](const std::string& body) {
      platform.server.answer(200, html, body);
      return platform.tdt()->logins();
    };

    CHECK(logins("") == std::vector<std::string>{});
    CHECK(logins("\n") == std::vector<std::string>{""});
    CHECK(logins("agent\ntrésorerie\n") == std::vector<std::string>{"agent", "trésorerie"});
    CHECK(logins("agent\r\ntr\xE9sorerie") == std::vector<std::string>{"agent", "trésorerie"});
    CHECK(platform.server.requests().front().path == "/admin/users/api-list-login.php");
  }

  TEST_CASE("a page in place of the logins is no login") {
    Platform platform;
    platform.server.answer(200, html, "<html><title>Maintenance</title></html>");

    CHECK(refusal([&] { (void)platform.tdt()->logins(); }).code() == ErrorCode::service_unexpected);
  }

  TEST_CASE("an account may follow when it is refused a number, not an access") {
    Platform platform;
    const auto may_follow = [&](const std::string& message) {
      platform.server.answer(200, "text/xml;charset=utf-8", status_answer(message));
      return platform.tdt()->may_follow();
    };

    CHECK(may_follow("Numéro de transaction invalide"));
    CHECK_FALSE(may_follow("Accès refusé"));
    CHECK_FALSE(may_follow("Acc\xE8s refus\xE9"));
    CHECK_FALSE(may_follow("Échec de l'authentification"));
    CHECK(platform.server.requests().front().get_param_value("transaction") == "2147483647");
  }

  TEST_CASE("logins and passwords are sent in the bytes that the platform compares") {
    Platform platform;
    platform.server.answer(200, html, "OK");
    pes::S2lowAccess access = platform.access(platform.server.url());
    access.https.login = "trésorerie";
    access.https.password = [] { return Secret("clé"); };
    const auto sent = [&](LoginEncoding encoding) {
      access.login_encoding = encoding;
      pes::make_s2low(access)->test_connection();
      return platform.server.requests().back().get_header_value("Authorization");
    };
    const auto header = [](const char* login, const char* password) {
      return httplib::make_basic_authentication_header(login, password).second;
    };

    CHECK(sent(LoginEncoding::utf8) == header("trésorerie", "clé"));
    CHECK(sent(LoginEncoding::latin1) == header("tr\xE9sorerie", "cl\xE9"));
  }

  TEST_CASE("a login that ISO-8859-1 cannot hold is refused before anything is sent") {
    Platform platform;
    pes::S2lowAccess access = platform.access(platform.server.url());
    access.login_encoding = LoginEncoding::latin1;
    access.https.login = "œuvre";

    const Error error = refusal([&] { (void)pes::make_s2low(access); });

    CHECK(error.code() == ErrorCode::config_invalid);
    CHECK(error.message().find("tdt.login") != std::string::npos);
    CHECK(error.message().find("œuvre") == std::string::npos);
    CHECK(platform.server.requests().empty());
  }
}
