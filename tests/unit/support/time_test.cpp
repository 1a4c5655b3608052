#include "pes/time.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;

TEST_SUITE("support") {
  TEST_CASE("an instant is written and read as ISO 8601 in UTC") {
    const pes::Instant instant =
        std::chrono::sys_days(std::chrono::year(2022) / 3 / 2) + 15h + 48min + 8s;

    CHECK(pes::iso8601(instant) == "2022-03-02T15:48:08Z");
    CHECK(pes::parse_iso8601("2022-03-02T15:48:08Z") == instant);
    CHECK(pes::parse_iso8601("2022-03-02T16:48:08+01:00") == instant);
    CHECK(pes::parse_iso8601("2022-03-02T15:48:08.123Z") == instant);
  }

  TEST_CASE("what is not a full instant is refused") {
    for (const char* text :
         {"", "2022-03-02", "2022-03-02T15:48:08", "2022-02-30T00:00:00Z", "2022-03-02T24:00:00Z",
          "2022-03-02T15:48:08Zx", "2022-03-02T15:48:08.Z"}) {
      CAPTURE(text);
      CHECK_FALSE(pes::parse_iso8601(text).has_value());
    }
  }

  TEST_CASE("an instant whose offset leads out of the years that can be written is refused") {
    CHECK(pes::parse_iso8601("0000-01-01T00:00:00Z").has_value());
    CHECK(pes::parse_iso8601("9999-12-31T23:59:59Z").has_value());
    CHECK_FALSE(pes::parse_iso8601("0000-01-01T00:00:00+00:01").has_value());
    CHECK_FALSE(pes::parse_iso8601("9999-12-31T23:59:59-00:01").has_value());
    CHECK_FALSE(pes::parse_iso8601("9999-12-31T23:59:60Z").has_value());
  }

  TEST_CASE("durations are read with their unit") {
    CHECK(pes::parse_duration("90s") == 90s);
    CHECK(pes::parse_duration("90") == 90s);
    CHECK(pes::parse_duration("5m") == 5min);
    CHECK(pes::parse_duration("2h") == 2h);
    CHECK(pes::parse_duration("1d") == 24h);
    CHECK_FALSE(pes::parse_duration("-1s").has_value());
    CHECK_FALSE(pes::parse_duration("5 m").has_value());
    CHECK_FALSE(pes::parse_duration("").has_value());
  }
}
