#include "home.hpp"

#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <fstream>

using pes::cmd::Environment;
using pes::cmd::find_home;

namespace {

std::filesystem::path make_home(const std::filesystem::path& folder, const char* mark) {
  std::filesystem::create_directories(folder);
  std::ofstream(folder / mark) << "";
  return folder;
}

}  // namespace

TEST_SUITE("cmd") {
  TEST_CASE("the nearest enclosing folder with a home's mark or configuration is the home") {
    const pes::test::Scratch scratch;
    const auto outer = make_home(scratch.path() / "outer", pes::cmd::home_mark_name);
    const auto inner = make_home(outer / "inner", pes::cmd::project_file_name);
    std::filesystem::create_directories(inner / "deep" / "deeper");
    const Environment environment({});

    CHECK(find_home(std::nullopt, environment, inner / "deep" / "deeper") == inner);
    CHECK(find_home(std::nullopt, environment, outer) == outer);
  }

  TEST_CASE("the option comes before the variable, which comes before what encloses") {
    const pes::test::Scratch scratch;
    const auto here = make_home(scratch.path() / "here", pes::cmd::home_mark_name);
    const Environment environment(Environment::Variables{{"PES_HOME", "/srv/pes"}});

    CHECK(find_home("/elsewhere", environment, here) == "/elsewhere");
    CHECK(find_home(std::nullopt, environment, here) == "/srv/pes");
  }

  TEST_CASE("the user's data folder is the last resort, and only when it is a home") {
    const pes::test::Scratch scratch;
    const auto data = scratch.path() / "data";
    const Environment environment(Environment::Variables{{"XDG_DATA_HOME", data.native()}});
    const auto& nowhere = scratch.path();

    CHECK_FALSE(find_home(std::nullopt, environment, nowhere).has_value());
    make_home(data / "pes", pes::cmd::home_mark_name);
    CHECK(find_home(std::nullopt, environment, nowhere) == data / "pes");
  }
}
