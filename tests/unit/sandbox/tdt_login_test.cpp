#include "crypto/digest.hpp"
#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace pes::test {
namespace {

constexpr const char* list_script = "/modules/helios/api/helios_get_list.php";
constexpr const char* status_script =
    "/modules/helios/api/helios_transac_get_status.php?transaction=1";

// ISO-8859-1 bytes, as S²LOW sends them.
const std::string no_account = "KO\nLe certificat n&#039;est pas valide : aucun compte trouv\xE9\n";
const std::string not_connected = "KO\nLa connexion n&#039;a pas pu \xEAtre \xE9tablie\n";

void write_accounts(const std::filesystem::path& folder, const nlohmann::json& accounts) {
  write(folder / "tdt" / "accounts.json", accounts.dump());
}

nlohmann::json account_with(const std::string& key, const nlohmann::json& value) {
  nlohmann::json account{{"login", "agent-test"}, {"password_file", "tdt.password"}};
  account[key] = value;
  return nlohmann::json::array({account});
}

TEST_SUITE("sandbox") {
  TEST_CASE("a good login is answered by exactly OK") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    const httplib::Response answer = bench.client.get("/api/test-connexion.php");

    CHECK(answer.status == 200);
    CHECK(answer.body == "OK");
    CHECK(answer.get_header_value("Content-Type").starts_with("text/html"));
  }

  TEST_CASE("a wrong password is a KO text with status 200 for a script") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    bench.client.log_in({"agent-test", "faux"});

    const httplib::Response answer = bench.client.get(std::string(list_script) + "?api=1");

    CHECK(answer.status == 200);
    CHECK(answer.body == no_account);
    CHECK(bench.client.get("/api/test-connexion.php").body == no_account);
  }

  TEST_CASE("a wrong password is a redirection without api=1") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    bench.client.log_in({"agent-test", "faux"});

    const httplib::Response answer = bench.client.get(list_script);

    CHECK(answer.status == 302);
    CHECK(answer.get_header_value("Location") == bench.server->tdt_url() + "/connexion-status");
  }

  TEST_CASE("a login is needed as long as several accounts share the certificate") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    Client client(bench.server->tdt_url(), bench.identities);

    CHECK(client.get("/api/test-connexion.php").body == not_connected);
    CHECK(client.get(list_script).get_header_value("Location") ==
          bench.server->tdt_url() + "/login.php");
    write_accounts(scratch.path(), account_with("permission", "RW"));
    CHECK(client.get("/api/test-connexion.php").body == "OK");
  }

  TEST_CASE("the logins of the certificate are listed, one a line") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    Client client(bench.server->tdt_url(), bench.identities);

    CHECK(client.get("/admin/users/api-list-login.php").body == "agent-test\narchiviste-test\n");
  }

  TEST_CASE("an inactive account is told in each script's own way") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    write_accounts(scratch.path(), account_with("active", false));

    CHECK(bench.client.get("/api/test-connexion.php").status == 302);
    CHECK(bench.import(flow_named("A")) == "KO\nÉchec de l'authentification");
    CHECK(element(bench.client.get(status_script).body, "message") ==
          "Échec de l&#039;authentification");
    CHECK(element(bench.client.get(list_script).body, "message") ==
          "&#xC9;chec de l'authentification");
  }

  TEST_CASE("an account that may only create can send and not follow") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    write_accounts(scratch.path(), account_with("permission", "CS"));

    const std::string id = bench.import_accepted(flow_named("A"));

    CHECK(element(bench.client.get(status_script).body, "message") == "Accès refusé");
    const auto known = sandbox::transactions(scratch.path());
    REQUIRE(known.size() == 1);
    CHECK(known[0].id == id);
    CHECK(known[0].status == 14);
    CHECK(known[0].message == "Fichier en attente d'être télétransmis");
  }

  TEST_CASE("an account that may only read can do nothing else") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    write_accounts(scratch.path(), account_with("permission", "RO"));

    CHECK(bench.import(flow_named("A")) == "KO\nAccès refusé");
    CHECK(element(bench.client.get(list_script).body, "message") == "liste r&#xE9;ussi");
    CHECK(bench.client.get("/modules/helios/api/helios_change_status.php?id=1").status == 500);
  }

  TEST_CASE("a certificate that is not RGS may not send") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    write_accounts(scratch.path(), account_with("rgs", false));

    CHECK(element(bench.import(flow_named("A")), "message") ==
          "Votre certificat n'est pas RGS et ne vous permet donc pas de télétransmettre");
  }

  TEST_CASE("a nonce stands for the login as long as its hash is right") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    Client browser(bench.server->tdt_url(), bench.identities);

    const std::string nonce =
        nlohmann::json::parse(bench.client.get("/api/get-nounce.php").body).at("nounce");
    const std::string password = content_of(bench.identities.tdt_password_file);
    const std::string query = "?nounce=" + nonce + "&login=agent-test&hash=";
    const std::string hash = crypto::sha256_hex(password + ":" + nonce);
    const std::string wrong_hash = crypto::sha256_hex("faux:" + nonce);

    CHECK(browser.get("/api/test-connexion.php" + query + hash).body == "OK");
    CHECK(browser.get("/api/test-connexion.php" + query + wrong_hash).body != "OK");
  }

  TEST_CASE("a nonce is refused to who does not log in") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    Client client(bench.server->tdt_url(), bench.identities);

    const httplib::Response answer = client.get("/api/get-nounce.php");

    CHECK(answer.status == 401);
    CHECK(answer.get_header_value("WWW-Authenticate") == "Basic realm=\"API S2low\"");
    CHECK(answer.body == "La fonction n'est utilisable qu'avec un login+mot de passe HTTP");
  }
}

}  // namespace
}  // namespace pes::test
