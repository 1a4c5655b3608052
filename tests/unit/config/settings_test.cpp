#include "pes/settings.hpp"

#include "support/refusal.hpp"

namespace {

pes::SettingValue said_by(pes::Origin origin, std::string value) {
  return {.value = std::move(value), .origin = origin};
}

/// « 1 » has the child « 2 ».
pes::Settings with_two_entities() {
  pes::Settings settings;
  settings.set_entities(
      pes::EntityTree({{.id_e = "1", .denomination = "Ville"},
                       {.id_e = "2", .denomination = "CCAS", .entite_mere = "1"}}));
  return settings;
}

}  // namespace

TEST_SUITE("config") {
  TEST_CASE("a key that nothing sets has its default") {
    const pes::Settings settings;

    CHECK(settings.text("sign.country") == "France");
    CHECK(settings.get("sign.country").origin == pes::Origin::standard);
    CHECK(settings.text("tdt.url").empty());
    CHECK(settings.path("tdt.ca").empty());
    CHECK(settings.integer("tdt.max_size") == 134'217'728);
    CHECK(settings.integer("sae.chunk_size") == 2'097'152);
    CHECK(settings.integer("tdt.timeout") == 300);
    CHECK_FALSE(settings.boolean("sae.require_ack"));
    CHECK(settings.boolean("route.envoi_sae"));
  }

  TEST_CASE("the strongest layer wins, in whatever order they come") {
    pes::Settings settings;
    settings.set("user.name", {}, said_by(pes::Origin::environment, "Bob"));
    settings.set("user.name", {}, said_by(pes::Origin::user_file, "Ana"));

    CHECK(settings.text("user.name") == "Bob");
    CHECK(settings.get("user.name").origin == pes::Origin::environment);
  }

  TEST_CASE("an entity has its own value, or its parent's, or the plain one") {
    pes::Settings settings = with_two_entities();
    settings.set("sae.agreement", {}, said_by(pes::Origin::project_file, "PLAIN"));
    CHECK(settings.text("sae.agreement", "2") == "PLAIN");

    settings.set("sae.agreement", "1", said_by(pes::Origin::project_file, "PARENT"));
    CHECK(settings.text("sae.agreement", "2") == "PARENT");
    CHECK(settings.get("sae.agreement", "2").entity == "1");

    settings.set("sae.agreement", "2", said_by(pes::Origin::project_file, "OWN"));
    CHECK(settings.text("sae.agreement", "2") == "OWN");
    CHECK(settings.text("sae.agreement", "1") == "PARENT");
    CHECK(settings.text("sae.agreement") == "PLAIN");
  }

  TEST_CASE("a stronger layer wins over the table of an entity in a weaker one") {
    pes::Settings settings = with_two_entities();
    settings.set("tdt.login", "2", said_by(pes::Origin::user_file, "table"));
    settings.set("tdt.login", {}, said_by(pes::Origin::option, "option"));

    CHECK(settings.text("tdt.login", "2") == "option");
  }

  TEST_CASE("a relative path is taken from the folder of the file that names it") {
    pes::Settings settings;
    settings.set(
        "tdt.ca", {},
        {.value = "keys/ca.pem", .origin = pes::Origin::user_file, .file = "/etc/pes/pes.toml"});
    settings.set("sae.ca", {}, said_by(pes::Origin::environment, "ca.pem"));

    CHECK(settings.path("tdt.ca") == "/etc/pes/keys/ca.pem");
    CHECK(settings.path("sae.ca") == "ca.pem");
  }

  TEST_CASE("a value of another kind is refused with its key") {
    struct Case {
      const char* key;
      const char* value;
    };
    const std::vector<Case> cases{
        {"tdt.timeout", "soon"},
        {"tdt.timeout", ""},
        {"tdt.max_size", "128 MiB"},
        {"tdt.max_size", "-1"},
        {"tdt.max_size", "1MB"},
        {"tdt.max_size", "9999999999999GiB"},
        {"sae.require_ack", "yes"},
        {"sae.require_ack", ""},
        {"sandbox.scenario", "autre"},
        {"sandbox.scenario", ""},
        {"tdt.url", "http://s2low.example"},
        {"tdt.url", "s2low.example"},
        {"tdt.url", "https://"},
        {"tdt.url", "https:///path"},
        {"tdt.url", "https://a b"},
        {"tdt.url", "sandbox:x"},
        {"tdt.url", "https://me:hunter2@s2low.example"},
        {"store", "mysql://localhost/pes"},
        {"store", "postgresql://me:hunter2@localhost/pes"},
        {"store", "postgresql://localhost/pes?user=me&password=hunter2"},
        {"store", "postgresql://localhost/pes?SSLPassword=hunter2"},
        {"store", "postgresql://localhost/pes?pass%77ord=hunter2"},
        {"sign.pin", "hunter2"},
        {"sign.pin", "pass:hunter2"},
    };
    for (const auto& one : cases) {
      CAPTURE(one.key);
      CAPTURE(one.value);
      pes::Settings settings;
      const pes::Error error = pes::test::refusal(
          [&] { settings.set(one.key, {}, said_by(pes::Origin::option, one.value)); });

      CHECK(error.code() == pes::ErrorCode::config_invalid);
      CHECK(error.message().starts_with(std::string(one.key) + ": "));
      CHECK(error.message().find("hunter2") == std::string::npos);
      CHECK_FALSE(error.hint().empty());
    }
  }

  TEST_CASE("sizes and durations are read with their unit") {
    pes::Settings settings;
    settings.set("tdt.max_size", {}, said_by(pes::Origin::option, "3KiB"));
    settings.set("tdt.timeout", {}, said_by(pes::Origin::option, "2m"));
    settings.set("sae.chunk_size", {}, said_by(pes::Origin::option, "0"));

    CHECK(settings.integer("tdt.max_size") == 3072);
    CHECK(settings.integer("tdt.timeout") == 120);
    CHECK(settings.integer("sae.chunk_size") == 0);
  }

  TEST_CASE("an unknown key is refused with what it most likely means") {
    const pes::Settings settings;

    CHECK(pes::test::refusal([&] { (void)settings.text("tdt.ulr"); }).hint() ==
          "did you mean tdt.url?");
    CHECK(pes::test::refusal([&] { (void)settings.text("sae.agrement"); }).hint() ==
          "did you mean sae.agreement?");
    CHECK(pes::test::refusal([&] { (void)settings.text("weather.tomorrow"); }).hint() ==
          "see the keys: man pes-config");
  }

  TEST_CASE("what belongs to the tool cannot be set for one entity") {
    pes::Settings settings = with_two_entities();

    const pes::Error error = pes::test::refusal(
        [&] { settings.set("user.name", "1", said_by(pes::Origin::user_file, "Ana")); });

    CHECK(error.code() == pes::ErrorCode::config_invalid);
  }

  TEST_CASE("a key read as another kind is our fault") {
    const pes::Settings settings;

    CHECK(pes::test::refusal([&] { (void)settings.integer("tdt.url"); }).code() ==
          pes::ErrorCode::internal);
    CHECK(pes::test::refusal([&] { (void)settings.boolean("tdt.url"); }).code() ==
          pes::ErrorCode::internal);
  }

  TEST_CASE("each layer has a name") {
    CHECK(pes::label(pes::Origin::standard) == "default");
    CHECK(pes::label(pes::Origin::option) == "option");
  }
}
