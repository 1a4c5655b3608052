#include "home_template.hpp"

#include "pes/error.hpp"
#include "pes/settings.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <fstream>

namespace {

pes::Settings loaded(const pes::cmd::HomeTemplate& home) {
  const pes::test::Scratch scratch;
  const auto file = scratch.path() / "pes.toml";
  std::ofstream(file) << pes::cmd::configuration_text(home);
  return pes::load_settings(
      {.files = {{pes::Origin::project_file, file}}, .environment = {}, .options = {}});
}

}  // namespace

TEST_SUITE("cmd") {
  TEST_CASE("what a sandbox home is configured with can be read back") {
    const pes::Settings settings = loaded(
        {.user = "adminMegalis",
         .entities = {"zTest_Megalis", "test"},
         .sandbox = pes::cmd::SandboxTemplate{.scenario = "sae-refuse",
                                              .signing_key = "sandbox/signing.p12",
                                              .signing_password = "sandbox/signing.password"}});

    CHECK(settings.text("user.name") == "adminMegalis");
    CHECK(settings.entities().find(settings.text("user.entity")).id_e == "2");
    CHECK(settings.entities().path("2") == "Entité Racine / zTest_Megalis / test");
    CHECK(settings.text("tdt.url") == "sandbox:");
    CHECK(settings.text("sandbox.scenario") == "sae-refuse");
    CHECK(settings.text("sign.pin").ends_with("/sandbox/signing.password"));
  }

  TEST_CASE("a home to be filled in has an entity and reaches no service") {
    const pes::Settings settings = loaded({});

    CHECK(settings.entities().all().size() == 1);
    CHECK(settings.text("tdt.url").empty());
    CHECK(settings.text("sign.key").empty());
  }

  TEST_CASE("a name is written within the quotes that it does not hold") {
    CHECK(loaded({.user = "d'Artagnan"}).text("user.name") == "d'Artagnan");
    CHECK(loaded({.user = "dit \"Le Chef\""}).text("user.name") == "dit \"Le Chef\"");
    CHECK_THROWS_AS(pes::cmd::configuration_text({.user = "d'\"x\""}), pes::Error);
    CHECK_THROWS_AS(pes::cmd::configuration_text({.user = "a\\b"}), pes::Error);
  }

  TEST_CASE("a path of entities is a chain of parents") {
    CHECK(pes::cmd::entity_chain("zTest_Megalis/test") ==
          std::vector<std::string>{"zTest_Megalis", "test"});
    CHECK(pes::cmd::entity_chain("Commune") == std::vector<std::string>{"Commune"});
    CHECK(pes::cmd::entity_chain("").empty());
  }
}
