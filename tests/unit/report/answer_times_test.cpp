#include "pes/report.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using pes::report::AnswerTimes;

TEST_SUITE("report") {
  TEST_CASE("no time has no median, and a distribution of zeros") {
    const AnswerTimes times;

    CHECK_FALSE(times.percentile(50).has_value());
    for (const auto& range : times.distribution()) CHECK(range.flows == 0);
  }

  TEST_CASE("the percentile is a time that was met, by nearest rank") {
    AnswerTimes times;
    for (const auto time : {10s, 20s, 30s, 40s, 50s, 60s, 70s, 80s, 90s, 100s}) times.add(time);

    CHECK(times.percentile(50) == 50s);
    CHECK(times.percentile(90) == 90s);
    CHECK(times.percentile(91) == 100s);
    CHECK(times.percentile(100) == 100s);
    CHECK(times.percentile(1) == 10s);
  }

  TEST_CASE("one time is its own median") {
    AnswerTimes times;
    times.add(26h + 40min + 12s);

    CHECK(times.percentile(50) == 26h + 40min);
    CHECK(times.percentile(90) == 26h + 40min);
  }

  TEST_CASE("a time is kept to the second, the minute or the hour, as it grows") {
    const auto kept = [](std::chrono::seconds time) {
      AnswerTimes times;
      times.add(time);
      return *times.percentile(50);
    };

    CHECK(kept(59min + 59s) == 59min + 59s);
    CHECK(kept(1h + 59s) == 1h);
    CHECK(kept(47h + 59min + 59s) == 47h + 59min);
    CHECK(kept(48h + 59min) == 48h);
    CHECK(kept(-5s) == 0s);  // a clock that was set back
  }

  TEST_CASE("each time is in the range that begins with it") {
    AnswerTimes times;
    times.add(0s);
    times.add(15min - 1s);
    times.add(15min);
    times.add(48h);
    times.add(24h * 7);
    times.add(24h * 400);

    const auto ranges = times.distribution();
    REQUIRE(ranges.size() == 8);
    CHECK(ranges[0].flows == 2);
    CHECK(ranges[1].flows == 1);
    CHECK(ranges[6].flows == 1);
    CHECK(ranges[7].flows == 2);
    CHECK_FALSE(ranges[7].to.has_value());
    for (std::size_t i = 1; i < ranges.size(); ++i) CHECK(ranges[i].from == ranges[i - 1].to);
  }
}
