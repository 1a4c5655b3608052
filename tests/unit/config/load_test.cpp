#include "pes/settings.hpp"
#include "support/file.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"

namespace {

using pes::Origin;

/// Configuration files in a fresh folder.
class Files {
 public:
  Files& with(Origin origin, const std::string& name, std::string_view text) {
    pes::replace_file(path(name), text);
    sources.files.emplace_back(origin, path(name));
    return *this;
  }
  [[nodiscard]] std::filesystem::path path(const std::string& name) const {
    return scratch_.path() / name;
  }

  pes::SettingSources sources;

 private:
  pes::test::Scratch scratch_;
};

}  // namespace

TEST_SUITE("config") {
  TEST_CASE("each layer overrides the weaker ones, whatever their order in the list") {
    Files files;
    files.with(Origin::project_file, "project", "[sign]\ncity = \"project\"\nrole = \"project\"\n")
        .with(Origin::system_file, "system",
              "[sign]\ncity = \"system\"\nrole = \"system\"\ncountry = \"system\"\n"
              "postal_code = 35000\n")
        .with(Origin::user_file, "user", "sign.country = \"user\"\nsign.city = \"user\"\n");
    files.sources.environment["PES_SIGN_ROLE"] = "environment";
    files.sources.environment["PES_SIGN_CITY"] = "environment";
    files.sources.options["sign.city"] = "option";

    const pes::Settings settings = pes::load_settings(files.sources);

    CHECK(settings.text("sign.city") == "option");
    CHECK(settings.text("sign.role") == "environment");
    CHECK(settings.text("sign.country") == "user");
    CHECK(settings.text("sign.postal_code") == "35000");
    CHECK(settings.get("sign.postal_code").origin == Origin::system_file);
    CHECK(settings.get("sign.postal_code").file == files.path("system"));
  }

  TEST_CASE("the file of --config stands where the project's would") {
    Files files;
    files.with(Origin::option, "given", "[sign]\ncity = \"given\"\nrole = \"given\"\n");
    files.sources.environment["PES_SIGN_CITY"] = "environment";

    const pes::Settings settings = pes::load_settings(files.sources);

    CHECK(settings.text("sign.city") == "environment");
    CHECK(settings.text("sign.role") == "given");
  }

  TEST_CASE("a file that is not there is skipped, unless the person named it") {
    pes::SettingSources sources;
    sources.files.emplace_back(Origin::user_file, "/nowhere/pes.toml");
    CHECK_NOTHROW(pes::load_settings(sources));

    sources.files.emplace_back(Origin::option, "/nowhere/pes.toml");
    CHECK(pes::test::refusal([&] { pes::load_settings(sources); }).code() ==
          pes::ErrorCode::file_unknown);
  }

  TEST_CASE("entities are declared in any file, the strongest giving each field") {
    Files files;
    files
        .with(Origin::system_file, "system",
              "[entity.1]\ndenomination = \"Ville\"\nsiren = 123456782\n"
              "[entity.2]\ndenomination = \"CCAS\"\nentite_mere = 1\n"
              "[entity.2.tdt]\nurl = \"https://ccas.example\"\n")
        .with(Origin::user_file, "user",
              "[entity.1]\ndenomination = \"Ville de Test\"\nis_active = false\n");

    const pes::Settings settings = pes::load_settings(files.sources);

    const pes::Entity& ville = settings.entities().find("1");
    CHECK(ville.denomination == "Ville de Test");
    CHECK(ville.siren == "123456782");
    CHECK_FALSE(ville.is_active);
    CHECK(settings.entities().find("2").entite_mere == "1");
    CHECK(settings.text("tdt.url", "2") == "https://ccas.example");
    CHECK(settings.text("tdt.url", "1").empty());
  }

  TEST_CASE("a relative file of a secret is in the folder of the configuration") {
    Files files;
    files.with(Origin::user_file, "user",
               "sign.pin = \"file:pin\"\nsae.password = \"file:/run/secret\"\n"
               "tdt.password = \"env:TDT\"\n");

    const pes::Settings settings = pes::load_settings(files.sources);

    CHECK(settings.text("sign.pin") == "file:" + files.path("pin").native());
    CHECK(settings.text("sae.password") == "file:/run/secret");
    CHECK(settings.text("tdt.password") == "env:TDT");
  }

  TEST_CASE("a fault is told with its file, its line and its key") {
    struct Case {
      const char* text;
      const char* message;
      const char* hint;
    };
    const std::vector<Case> cases{
        {"[tdt]\nulr = \"x\"", ":2: unknown key tdt.ulr", "did you mean tdt.url?"},
        {"[tdt]\n\nurl = \"x\"", ":3: tdt.url: it is no address that can be used",
         "write https://… or, for the local test partners, sandbox:"},
        {"[entity.1]\ndenominaton = \"x\"", ":2: an entity has no field denominaton",
         "did you mean denomination?"},
        {"[entity.1]\nis_active = 1", ":2: 1 is neither true nor false", "write true or false"},
        {"[entity]\nname = \"x\"", ":2: unknown key entity.name",
         "describe an entity in a table of its own, [entity.1]"},
        {"entity = \"x\"", ":1: unknown key entity",
         "describe an entity in a table of its own, [entity.1]"},
        {"[entity.1.user]\nname = \"x\"", ":2: user.name cannot be given for one entity",
         "give it outside of the tables of the entities"},
        {"[entity.1.tdt]\nlogin = \"x\"", ":2: the entity 1 is declared nowhere",
         "give it a denomination in a table [entity.1]"},
        {"user.name", ":1: this is neither key = value nor [table]",
         "begin a comment with #, write a key as name = \"value\""},
    };
    for (const Case& one : cases) {
      CAPTURE(one.text);
      Files files;
      files.with(Origin::user_file, "pes.toml", one.text);

      const pes::Error error = pes::test::refusal([&] { pes::load_settings(files.sources); });

      CHECK(error.code() == pes::ErrorCode::config_invalid);
      CHECK(error.message() == files.path("pes.toml").native() + one.message);
      CHECK(error.hint() == one.hint);
    }
  }

  TEST_CASE("a fault of the environment is told with its variable; an empty one says nothing") {
    pes::SettingSources sources;
    sources.environment["PES_SIGN_COUNTRY"] = "";
    sources.environment["PES_UNRELATED"] = "x";
    CHECK(pes::load_settings(sources).text("sign.country") == "France");

    sources.environment["PES_TDT_TIMEOUT"] = "soon";
    CHECK(pes::test::refusal([&] { pes::load_settings(sources); }).message() ==
          "PES_TDT_TIMEOUT: tdt.timeout: soon is not a duration");
  }

  TEST_CASE("an unknown option is refused") {
    pes::SettingSources sources;
    sources.options["sign.citi"] = "x";

    CHECK(pes::test::refusal([&] { pes::load_settings(sources); }).hint() ==
          "did you mean sign.city?");
  }

  TEST_CASE("an empty text takes away what a weaker layer said") {
    Files files;
    files.with(Origin::system_file, "system", "tdt.login = \"shared\"\n")
        .with(Origin::user_file, "user", "tdt.login = \"\"\n");

    CHECK(pes::load_settings(files.sources).text("tdt.login").empty());
  }
}
