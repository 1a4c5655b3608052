#include "dossier_query.hpp"

#include "pes/error.hpp"

#include <doctest/doctest.h>

using pes::SortColumn;

TEST_SUITE("cmd") {
  TEST_CASE("a page says its position, even when there is nothing") {
    CHECK(pes::cmd::page_of(292, 1, 20).position() == "Position 1 à 20 sur 292");
    CHECK(pes::cmd::page_of(292, 15, 20).position() == "Position 281 à 292 sur 292");
    CHECK(pes::cmd::page_of(0, 1, 20).position() == "Position 1 à 0 sur 0");
  }

  TEST_CASE("what is no column or no count is refused") {
    CHECK(pes::cmd::parse_sort_column("titre") == SortColumn::titre);
    CHECK_THROWS_AS(pes::cmd::parse_sort_column("title"), pes::Error);
    CHECK(pes::cmd::parse_count("--page", "12") == 12);
    for (const char* text : {"", "0", "-1", "1x", "99999999999999999999"}) {
      CAPTURE(text);
      CHECK_THROWS_AS(pes::cmd::parse_count("--page", text), pes::Error);
    }
  }
}
