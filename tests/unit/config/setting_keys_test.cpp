#include "pes/settings.hpp"
#include "support/file.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace {

std::string variable_of(std::string_view key) {
  std::string variable = "PES_";
  for (const char c : key) {
    variable += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return variable;
}

std::string manual() {
  return pes::read_file(std::filesystem::path(PES_MANUALS) / "pes-config.5", 1U << 20U);
}

}  // namespace

TEST_SUITE("config") {
  TEST_CASE("each key is listed once, with a meaning and the variable that follows its name") {
    std::set<std::string_view> names;
    for (const pes::SettingKey& key : pes::setting_keys()) {
      CAPTURE(key.name);
      CHECK(names.insert(key.name).second);
      CHECK(key.variable == variable_of(key.name));
      CHECK_FALSE(key.meaning.empty());
    }
  }

  TEST_CASE("the tables that describe partners and signature may stand in an entity") {
    for (const pes::SettingKey& key : pes::setting_keys()) {
      CAPTURE(key.name);
      const bool is_of_the_tool = key.name.starts_with("user.") || key.name.starts_with("store") ||
                                  key.name.starts_with("sandbox.") ||
                                  key.name.starts_with("journal.") ||
                                  key.name.starts_with("verify.");
      CHECK(key.per_entity == !is_of_the_tool);
    }
  }

  TEST_CASE("each default is a value that its key accepts") {
    for (const pes::SettingKey& key : pes::setting_keys()) {
      CAPTURE(key.name);
      pes::Settings settings;
      CHECK_NOTHROW(settings.set(
          key.name, {}, {.value = std::string(key.standard), .origin = pes::Origin::option}));
    }
  }

  TEST_CASE("the examples of the manual are configurations that load") {
    const std::string page = manual();
    const pes::test::Scratch scratch;
    constexpr std::string_view opening = ".Bd -literal -offset indent\n";
    int examples = 0;
    for (std::size_t begin = page.find(opening); begin != std::string::npos;
         begin = page.find(opening, begin + 1)) {
      const std::size_t first = begin + opening.size();
      const std::filesystem::path file = scratch.path() / "pes.toml";
      pes::replace_file(file, page.substr(first, page.find("\n.Ed", first) - first));
      pes::SettingSources sources;
      sources.files.emplace_back(pes::Origin::project_file, file);
      CHECK_NOTHROW(pes::load_settings(sources));
      ++examples;
    }
    CHECK(examples == 2);
  }

  TEST_CASE("the manual tells each key, its default and its choices") {
    const std::string page = manual();
    for (const pes::SettingKey& key : pes::setting_keys()) {
      CAPTURE(key.name);
      const std::size_t begin = page.find("\n.It Sy " + std::string(key.name) + "\n");
      REQUIRE(begin != std::string::npos);
      const std::size_t end = page.find("\n.It Sy ", begin + 1);
      const std::string entry = page.substr(begin, end - begin);
      if (!key.standard.empty()) {
        CHECK(entry.find("\nDefault:\n.Ql " + std::string(key.standard)) != std::string::npos);
      }
      for (const std::string& choice : pes::split(key.choices, '|')) {
        CHECK(entry.find(choice) != std::string::npos);
      }
    }
  }
}
