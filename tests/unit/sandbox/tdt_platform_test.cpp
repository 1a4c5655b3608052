#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <future>
#include <string>

namespace pes::test {
namespace {

using nlohmann::json;

constexpr const char* import_script = "/modules/helios/api/helios_importer_fichier.php";
const std::string status_script = "/modules/helios/api/helios_transac_get_status.php";
const std::string acquit_script = "/modules/helios/helios_download_acquit.php";
const std::string list_script = "/modules/helios/api/helios_get_list.php";
const std::string get_script = "/modules/helios/api/helios_get_retour.php";

void set_up(const std::filesystem::path& folder, const json& platform) {
  write(folder / "tdt/platform.json", platform.dump());
}

void register_accounts(const std::filesystem::path& folder, const json& accounts) {
  write(folder / "tdt/accounts.json", accounts.dump());
}

json account(const std::string& login, const std::string& password_file, const json& more = {}) {
  json result{{"login", login}, {"password_file", password_file}};
  if (more.is_object()) result.update(more);
  return result;
}

/// Two accounts of two authorities on one certificate.
json two_authorities() {
  return json::array({account("agent-test", "tdt.password"),
                      account("autre-test", "sae.password", {{"authority", 8}})});
}

Client client_as(const Bench& bench, const std::string& login, const std::string& password_file) {
  Client client(bench.server->tdt_url(), bench.identities);
  client.log_in({login, content_of(bench.identities.ca.parent_path() / password_file)});
  return client;
}

TEST_SUITE("sandbox") {
  TEST_CASE("v4 writes ISO-8859-1, tabs, and prologs without encoding") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    set_up(scratch.path(), {{"generation", "v4"}});
    const std::string flow = flow_named("A");

    CHECK(bench.import(flow) ==
          "<?xml version=\"1.0\"?>\n<import>\n  <id>1</id>\n  <resultat>OK</resultat>\n"
          "  <message>T&#xE9;l&#xE9;chargement du fichier r&#xE9;ussi.</message>\n</import>\n");
    CHECK(bench.import(flow) ==
          "<?xml version=\"1.0\"?>\n<import>\n  <id/>\n  <resultat>KO</resultat>\n"
          "  <message>doublon d&#xE9;tect&#xE9;. Ce fichier a d&#xE9;j&#xE0; &#xE9;t&#xE9; "
          "post&#xE9;</message>\n</import>\n");
    CHECK(bench.client.get(status_script + "?transaction=9").body ==
          "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<transaction >\n"
          "\t\t<id>9</id><resultat>KO</resultat><message>Num\xE9ro de transaction "
          "invalide</message><status></status></transaction>\n\t\t\t");
    register_accounts(
        scratch.path(),
        json::array({account("\xC3\xA9lodie", "tdt.password", {{"permission", "RO"}})}));
    Client alone(bench.server->tdt_url(), bench.identities);
    CHECK(alone.get("/admin/users/api-list-login.php").body == "\xE9lodie\n");
    CHECK(alone.post(import_script, {{"enveloppe", flow, "a.xml", "text/xml"}}).body ==
          "KO\nAcc\xE8s refus\xE9");
  }

  TEST_CASE("the same bytes sent twice at once may both be taken") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    set_up(scratch.path(), {{"import_gap_ms", 2000}});
    const std::string flow = flow_named("A");

    auto other = std::async(std::launch::async, [&] {
      Client client(bench.server->tdt_url(), bench.identities);
      client.log_in(agent(bench.identities));
      return client.post(import_script, {{"enveloppe", flow, "a.xml", "text/xml"}}).body;
    });
    const std::string id = bench.import_accepted(flow);

    CHECK_FALSE(id.empty());
    CHECK(other.get().find("<resultat>OK</resultat>") != std::string::npos);
    CHECK(bench.import(flow).find("doublon") != std::string::npos);
  }

  TEST_CASE("v4 has no archivist and counts no characters") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    set_up(scratch.path(), {{"generation", "v4"}});
    bench.client.log_in(archivist(bench.identities));
    CHECK(bench.client.get("/modules/helios/api/list_pes_aller.php?status_id=8").status == 404);
    bench.client.log_in(agent(bench.identities));
    FlowText flow;
    flow.body = depense("1");
    flow.header = "<IdPost V=\"1\"/><CodCol V=\"12\"/><CodBud V=\"123\"/>";

    const std::string id = bench.import_accepted(flow.bytes());

    CHECK(bench.status(id) == "2");
    CHECK(bench.status(id) == "3");
  }

  TEST_CASE("the newest firewall refuses logins in its own ways") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    set_up(scratch.path(), {{"generation", "v5-sym"}});
    const std::string lost_accents = "KO\nLa connexion n&#039;a pas pu ?tre ?tablie\n";
    const std::string login_page = bench.server->tdt_url() + "/login.php?error=";
    const auto location = [](const httplib::Response& answer) {
      CHECK(answer.status == 302);
      return answer.get_header_value("Location");
    };
    Client client(bench.server->tdt_url(), bench.identities);

    SUBCASE("a wrong password, to a script that its address tells") {
      client.log_in({"agent-test", "faux"});
      CHECK(client.get(list_script).body == lost_accents);
      CHECK(location(client.get(acquit_script + "?api=1&id=1")) == login_page + "bad_credentials");
    }
    SUBCASE("an empty password, an empty login") {
      // The client would send no credentials of which one is empty.
      const auto get_as = [&](const std::string& login, const std::string& password) {
        const httplib::Headers headers{httplib::make_basic_authentication_header(login, password)};
        return *client.http().Get(acquit_script + "?id=1", headers);
      };
      CHECK(location(get_as("agent-test", "")) == login_page + "empty_password");
      CHECK(location(get_as("", "faux")) == login_page + "empty_login");
    }
    SUBCASE("no login among several accounts") {
      CHECK(client.get(list_script + "?api=1").body == lost_accents);
      CHECK(location(client.get(list_script)) == login_page + "multiple_accounts");
    }
    SUBCASE("an unknown certificate, to nobody's script") {
      register_accounts(
          scratch.path(),
          json::array({account("agent-test", "tdt.password", {{"certificate", "ca.pem"}})}));
      CHECK(location(client.get(list_script + "?api=1")).ends_with("/connexion-status"));
    }
  }

  TEST_CASE("an account of another certificate is none of ours") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    register_accounts(
        scratch.path(),
        json::array({account("agent-test", "tdt.password", {{"certificate", "ca.pem"}})}));

    CHECK(bench.client.get("/api/test-connexion.php").body ==
          "KO\nLe certificat n&#039;est pas valide : aucun compte trouv\xE9\n");
    CHECK(bench.client.get("/admin/users/api-list-login.php").body.empty());
  }

  TEST_CASE("a login whose password the platform does not know is sent to the login page") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    register_accounts(scratch.path(),
                      json::array({json{{"login", "agent-test"}, {"password_file", nullptr}}}));

    CHECK(bench.client.get("/api/test-connexion.php").body.starts_with("KO\n"));
    CHECK(bench.client.get(list_script).get_header_value("Location") ==
          bench.server->tdt_url() + "/login.php");
  }

  TEST_CASE("a platform may take logins for ISO-8859-1") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    register_accounts(scratch.path(), json::array({account("\xC3\xA9lodie", "tdt.password")}));
    bench.client.log_in({"\xE9lodie", content_of(bench.identities.tdt_password_file)});

    CHECK(bench.client.get("/api/test-connexion.php").body != "OK");
    set_up(scratch.path(), {{"logins_from_iso", true}});
    CHECK(bench.client.get("/api/test-connexion.php").body == "OK");
  }

  TEST_CASE("an authority sees nothing of another's") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    register_accounts(scratch.path(), two_authorities());
    const std::string id = bench.import_accepted(flow_named("A"));
    for (int step = 0; step < 3; ++step) bench.status(id);
    Client other = client_as(bench, "autre-test", "sae.password");

    CHECK(element(other.get(status_script + "?transaction=" + id).body, "message") ==
          "Accès refusé");
    CHECK(other.get(acquit_script + "?id=" + id).status == 302);
    CHECK(bench.client.get(acquit_script + "?id=" + id).status == 200);
    const std::string again =
        other.post(import_script, {{"enveloppe", flow_named("A"), "a.xml", "text/xml"}}).body;
    CHECK(element(again, "message") == "doublon détecté. Ce fichier a déjà été posté.");
  }

  TEST_CASE("an archivist is his own authority's") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    register_accounts(scratch.path(),
                      json::array({account("agent-test", "tdt.password"),
                                   account("archiviste-test", "tdt-archiviste.password",
                                           {{"role", "archivist"}, {"authority", 8}})}));
    const std::string id = bench.import_accepted(flow_named("A"));
    Client other = client_as(bench, "archiviste-test", "tdt-archiviste.password");

    CHECK(other.get("/modules/helios/api/list_pes_aller.php?status_id=1").body ==
          R"({"status_id":1,"authority_id":8,"offset":0,"limit":100,"transactions":[]})");
    CHECK(other.http()
              .Post("/modules/helios/helios_transac_change_status_sae.php",
                    httplib::Params{{"transaction_id", id}, {"status_id", "19"}, {"api", "1"}})
              ->body == R"({"status":"error","error-message":"Acc\u00e8s refus\u00e9"})");
  }

  TEST_CASE("what is closed is told where the script would") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const auto status = [&] {
      return element(bench.client.get(status_script + "?transaction=1").body, "message");
    };

    SUBCASE("the authority") {
      set_up(scratch.path(), {{"authorities", {{{"id", 7}, {"active", false}}}}});
      CHECK(bench.import(flow_named("A")) == "KO\nÉchec de l'authentification");
      CHECK(status() == "Échec de l&#039;authentification");
    }
    SUBCASE("the module, for the authority") {
      set_up(scratch.path(), {{"authorities", {{{"id", 7}, {"module", false}}}}});
      CHECK(bench.import(flow_named("A")) == "KO\nAccès refusé");
      CHECK(status() == "Accès refusé");
      CHECK(element(bench.client.get(list_script).body, "message") == "Acc&#xE8;s refus&#xE9;");
    }
    SUBCASE("the module, for all") {
      set_up(scratch.path(), {{"module", false}});
      CHECK(bench.import(flow_named("A")) == "KO\nErreur d'initialisation du module");
      CHECK(status() == "Erreur d&#039;initialisation du module");
      CHECK(element(bench.client.get(list_script).body, "message") ==
            "Erreur d'initialisation du module");
      CHECK(element(bench.client.get(get_script + "?id=1").body, "message") ==
            "Erreur d'initialisation du module");
    }
  }

  TEST_CASE("the size limit is the platform's, and its message says it") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    set_up(scratch.path(), {{"max_upload_bytes", 2'097'152}});

    CHECK(element(bench.import(std::string(2'097'153, ' ')), "message") ==
          "Taille de fichier supérieure à la limite autorisée (2 Mo maximum).");
    bench.import_accepted(flow_named("A"));
  }

  TEST_CASE("the status scripts cannot tell some statuses") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string id = bench.import_accepted(flow_named("A"));
    const auto file = scratch.path() / "tdt/transactions" / id / "state.json";
    json state = json::parse(content_of(file));
    const auto put = [&](int status) {
      state["workflow"].push_back(
          {{"status", status}, {"message", "m"}, {"date", "2026-01-05T10:00:00Z"}});
      write(file, state.dump());
    };

    put(21);
    CHECK(bench.client.get(status_script + "?transaction=" + id).status == 500);
    put(22);
    CHECK(bench.status(id) == "22");
    put(0);
    const std::string cancelled = bench.client.get(status_script + "?transaction=" + id).body;
    CHECK(element(cancelled, "resultat") == "KO");
    CHECK(element(cancelled, "message") == "Erreur consultation statut");
    CHECK(element(cancelled, "status") == "0");
  }

  TEST_CASE("a message is cut at 512 characters") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string id = bench.import_accepted(flow_named("A"));
    const auto file = scratch.path() / "tdt/transactions" / id / "state.json";
    json state = json::parse(content_of(file));
    std::string expected;
    for (int i = 0; i < 512; ++i) expected += "é";
    state["workflow"].push_back(
        {{"status", -1}, {"message", expected + "é"}, {"date", "2026-01-05T10:00:00Z"}});
    write(file, state.dump());

    CHECK(bench.message(id) == expected);
  }

  TEST_CASE("a platform file that cannot be understood is an error of every request") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    set_up(scratch.path(), {{"generation", "v6"}});
    CHECK(bench.client.get("/api/test-connexion.php").status == 500);
    write(scratch.path() / "tdt/platform.json", "{");
    CHECK(bench.client.get("/api/test-connexion.php").status == 500);
  }

  TEST_CASE("PES retours are routed by the SIRET of the flows that were sent") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    set_up(scratch.path(), {{"retours_by_siret", true}});
    register_accounts(scratch.path(), two_authorities());
    Client other = client_as(bench, "autre-test", "sae.password");
    const auto drop = [&](const std::string& name, const std::string& siret) {
      write(scratch.path() / "tdt/retours/drop" / name,
            "<PES_Retour><EnTetePES><IdColl V=\"" + siret + "\"/></EnTetePES></PES_Retour>");
    };
    drop("trop-tot.xml", "12345678912345");
    CHECK(bench.client.get(list_script).body.find("<pes_retour>") == std::string::npos);
    CHECK(std::filesystem::exists(scratch.path() / "tdt/errors/trop-tot.xml"));
    bench.status(bench.import_accepted(flow_named("A")));

    drop("a-nous.xml", "12345678912345");
    drop("a-personne.xml", "99999999999999");

    CHECK(bench.client.get(list_script).body.find("a-nous.xml") != std::string::npos);
    CHECK(other.get(list_script).body.find("<pes_retour>") == std::string::npos);
    CHECK(other.get(list_script).body.find("<idColl>8</idColl>") != std::string::npos);
    CHECK(element(other.get(get_script + "?id=1").body, "message") == "Acc&#xE8;s refus&#xE9;");
    CHECK(std::filesystem::exists(scratch.path() / "tdt/errors/a-personne.xml"));

    const std::string id = element(
        other.post(import_script, {{"enveloppe", flow_named("B"), "b.xml", "text/xml"}}).body,
        "id");
    other.get(status_script + "?transaction=" + id);
    drop("a-deux.xml", "12345678912345");
    CHECK(bench.client.get(list_script).body.find("a-deux.xml") == std::string::npos);
  }

  TEST_CASE("a PES retour whose file is lost is told before the XML begins") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    write(scratch.path() / "tdt/retours/drop/a.xml", "<PES_Retour/>");
    bench.client.get(list_script);

    std::filesystem::remove(scratch.path() / "tdt/retours/1/a.xml");

    const std::string lost = bench.client.get(get_script + "?id=1").body;
    CHECK(lost.starts_with("<br>helios Tansaction_class: sendFile "));
    CHECK(element(lost, "resultat") == "KO");
  }
}

}  // namespace
}  // namespace pes::test
