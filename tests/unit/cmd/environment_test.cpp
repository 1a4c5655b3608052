#include "environment.hpp"

#include "ui/reader.hpp"

#include <doctest/doctest.h>

using pes::cmd::Environment;
using pes::ui::ColourChoice;
using pes::ui::has_colour;

TEST_SUITE("cmd") {
  TEST_CASE("an empty variable is as good as none") {
    const Environment environment(Environment::Variables{{"PES_HOME", ""}, {"LANG", "C"}});

    CHECK_FALSE(environment.get("PES_HOME").has_value());
    CHECK_FALSE(environment.get("PES_CONFIG").has_value());
    CHECK(environment.get("LANG") == "C");
  }

  TEST_CASE("a relative XDG folder is ignored") {
    const Environment relative(
        Environment::Variables{{"XDG_DATA_HOME", "data"}, {"HOME", "/home/agent"}});
    const Environment absolute(
        Environment::Variables{{"XDG_DATA_HOME", "/data"}, {"HOME", "/home/agent"}});

    CHECK(relative.pes_folder("XDG_DATA_HOME", ".local/share") == "/home/agent/.local/share/pes");
    CHECK(absolute.pes_folder("XDG_DATA_HOME", ".local/share") == "/data/pes");
    CHECK_FALSE(Environment({}).pes_folder("XDG_DATA_HOME", ".local/share").has_value());
  }

  TEST_CASE("colour: the choice, then NO_COLOR, then a dumb terminal, then the stream") {
    const Environment plain(Environment::Variables{{"TERM", "xterm"}});
    const Environment without(Environment::Variables{{"TERM", "xterm"}, {"NO_COLOR", "1"}});
    const Environment dumb(Environment::Variables{{"TERM", "dumb"}});
    constexpr bool terminal = true;
    constexpr bool pipe = false;

    CHECK(has_colour(ColourChoice::automatic, plain, terminal));
    CHECK_FALSE(has_colour(ColourChoice::automatic, plain, pipe));
    CHECK_FALSE(has_colour(ColourChoice::automatic, without, terminal));
    CHECK_FALSE(has_colour(ColourChoice::automatic, dumb, terminal));
    CHECK(has_colour(ColourChoice::always, without, pipe));
    CHECK_FALSE(has_colour(ColourChoice::never, plain, terminal));
  }
}
