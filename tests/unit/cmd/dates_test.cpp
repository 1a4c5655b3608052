#include "ui/dates.hpp"

#include "zone.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using pes::Instant;
using pes::ui::DayEdge;

namespace {
Instant utc(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days(std::chrono::year_month_day(
      std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)));
}
}  // namespace

TEST_SUITE("cmd") {
  TEST_CASE("people read local time, machines UTC") {
    const pes::test::Zone zone(pes::test::paris);
    const Instant instant = utc(2022, 3, 2) + 14h + 48min + 8s;

    CHECK(pes::local_date_time(instant) == "02/03/2022 15:48:08");
    CHECK(pes::local_date(instant) == "02/03/2022");
    CHECK(pes::ui::pastell_date(instant) == "2022-03-02 15:48:08");
    CHECK(pes::iso8601(instant) == "2022-03-02T14:48:08Z");
  }

  TEST_CASE("on the night when an hour is lost, two o'clock does not exist") {
    const pes::test::Zone zone(pes::test::paris);

    CHECK(pes::local_date_time(utc(2022, 3, 27) + 59min + 59s) == "27/03/2022 01:59:59");
    CHECK(pes::local_date_time(utc(2022, 3, 27) + 1h) == "27/03/2022 03:00:00");
  }

  TEST_CASE("on the night when an hour is won, two o'clock comes twice") {
    const pes::test::Zone zone(pes::test::paris);

    CHECK(pes::local_date_time(utc(2022, 10, 30) + 30min) == "30/10/2022 02:30:00");
    CHECK(pes::local_date_time(utc(2022, 10, 30) + 1h + 30min) == "30/10/2022 02:30:00");
    CHECK(pes::local_date_time(utc(2022, 10, 30) + 2h) == "30/10/2022 03:00:00");
  }

  TEST_CASE("a day alone is that day here, however long it lasts") {
    const pes::test::Zone zone(pes::test::paris);

    SUBCASE("of 24 hours") {
      CHECK(pes::ui::parse_moment("2022-03-02", DayEdge::first_second) == utc(2022, 3, 1) + 23h);
      CHECK(pes::ui::parse_moment("2022-03-02", DayEdge::last_second) ==
            utc(2022, 3, 2) + 22h + 59min + 59s);
    }
    SUBCASE("of 23 hours") {
      CHECK(pes::ui::parse_moment("2022-03-27", DayEdge::first_second) == utc(2022, 3, 26) + 23h);
      CHECK(pes::ui::parse_moment("2022-03-27", DayEdge::last_second) ==
            utc(2022, 3, 27) + 21h + 59min + 59s);
    }
    SUBCASE("of 25 hours") {
      CHECK(pes::ui::parse_moment("2022-10-30", DayEdge::first_second) == utc(2022, 10, 29) + 22h);
      CHECK(pes::ui::parse_moment("2022-10-30", DayEdge::last_second) ==
            utc(2022, 10, 30) + 22h + 59min + 59s);
    }
  }

  TEST_CASE("an instant is read with its offset, whatever the edge") {
    const Instant instant = utc(2022, 3, 2) + 14h + 48min + 8s;

    CHECK(pes::ui::parse_moment("2022-03-02T14:48:08Z", DayEdge::first_second) == instant);
    CHECK(pes::ui::parse_moment("2022-03-02T15:48:08+01:00", DayEdge::last_second) == instant);
  }

  TEST_CASE("what is neither a day nor an instant is refused") {
    for (const char* text :
         {"", "2022", "2022-3-2", "02/03/2022", "2022-02-30", "2022-13-01", "2022-03-02T",
          "2022-03-02T14:48:08", "2022-03-02T24:00:00Z", "2022-03-02T14:60:00Z",
          "2022-03-02T14:48:08Zx", "2022-03-02T14:48:08+01", "2022-03-02 ", "-022-03-02"}) {
      CAPTURE(text);
      CHECK_FALSE(pes::ui::parse_moment(text, DayEdge::first_second).has_value());
    }
  }
}
