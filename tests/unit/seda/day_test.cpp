#include "seda/day.hpp"

#include <doctest/doctest.h>

namespace {

std::string midnight_of(std::string_view day) {
  return pes::seda::french_midnight(pes::seda::parse_day(day).value());
}

}  // namespace

TEST_SUITE("seda") {
  TEST_CASE("a day of a PES is read, and nothing else") {
    CHECK(pes::seda::day_text(pes::seda::parse_day(" 2017-06-09 ").value()) == "2017-06-09");
    for (const char* text :
         {"", "2017-06-31", "09/06/2017", "2017-06", "2017-06-09T00:00:00Z", "2017-06-09Z"}) {
      CAPTURE(text);
      CHECK_FALSE(pes::seda::parse_day(text).has_value());
    }
  }

  TEST_CASE("midnight has the offset of metropolitan France, on the nights of change too") {
    CHECK(midnight_of("2017-06-09") == "2017-06-09T00:00:00+02:00");
    CHECK(midnight_of("2019-01-25") == "2019-01-25T00:00:00+01:00");
    CHECK(midnight_of("2024-03-31") == "2024-03-31T00:00:00+01:00");
    CHECK(midnight_of("2024-04-01") == "2024-04-01T00:00:00+02:00");
    CHECK(midnight_of("2024-10-27") == "2024-10-27T00:00:00+02:00");
    CHECK(midnight_of("2024-10-28") == "2024-10-28T00:00:00+01:00");
  }
}
