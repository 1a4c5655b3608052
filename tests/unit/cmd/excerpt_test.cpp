#include "excerpt.hpp"

#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <fstream>

TEST_SUITE("cmd") {
  TEST_CASE("the caret stands under the column, on a short line as in a huge one") {
    const pes::test::Scratch scratch;
    const auto file = scratch.path() / "flux.xml";
    std::ofstream(file, std::ios::binary)
        << "<a>\n  <b V=\"\xE9\"/>\n"
        << std::string(5000, 'x') << "!" << std::string(5000, 'y');

    CHECK(pes::cmd::excerpt(file, 2, 3) == "  <b V=\"?\"/>\n  ^");
    CHECK(pes::cmd::excerpt(file, 3, 5001) ==
          std::string(40, 'x') + "!" + std::string(39, 'y') + "\n" + std::string(40, ' ') + "^");
  }

  TEST_CASE("a place that is not there shows nothing") {
    const pes::test::Scratch scratch;
    const auto file = scratch.path() / "flux.xml";
    std::ofstream(file) << "<a/>\n";

    CHECK(pes::cmd::excerpt(file, 9, 1).empty());
    CHECK(pes::cmd::excerpt(file, 1, 99).empty());
    CHECK(pes::cmd::excerpt(file, 0, 0).empty());
    CHECK(pes::cmd::excerpt(scratch.path() / "absent", 1, 1).empty());
  }
}
