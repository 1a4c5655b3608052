#include "ui/numbers.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace pes::ui;

TEST_SUITE("cmd") {
  TEST_CASE("counts are in groups of three") {
    CHECK(count_text(0) == "0");
    CHECK(count_text(999) == "999");
    CHECK(count_text(1000) == "1,000");
    CHECK(count_text(1234567) == "1,234,567");
  }

  TEST_CASE("a share is never said to be nothing or all when it is neither") {
    CHECK(percent_text(0, 10) == "0%");
    CHECK(percent_text(1, 3) == "33%");
    CHECK(percent_text(1, 1000) == "<1%");
    CHECK(percent_text(999, 1000) == ">99%");
    CHECK(percent_text(10, 10) == "100%");
  }

  TEST_CASE("sizes have the unit in which they are short") {
    CHECK(size_text(0) == "0 bytes");
    CHECK(size_text(999) == "999 bytes");
    CHECK(size_text(1000) == "1 kB");
    CHECK(size_text(4210) == "4.2 kB");
    CHECK(size_text(42100) == "42 kB");
    CHECK(size_text(999'999) == "1 MB");
    CHECK(size_text(1'500'000'000) == "1.5 GB");
    CHECK(size_text(3'000'000'000'000'000) == "3,000 TB");
  }

  TEST_CASE("a pace is told as far as it can be told") {
    CHECK(pace_text(0) == "0/s");
    CHECK(pace_text(0.54) == "0.5/s");
    CHECK(pace_text(104.2) == "104/s");
  }

  TEST_CASE("durations have two units at most") {
    CHECK(duration_text(0s) == "0 s");
    CHECK(duration_text(59s) == "59 s");
    CHECK(duration_text(12min + 30s) == "12 min");
    CHECK(duration_text(3h) == "3 h");
    CHECK(duration_text(3h + 20min) == "3 h 20 min");
    CHECK(duration_text(48h) == "2 d");
    CHECK(duration_text(52h + 59min) == "2 d 4 h");
  }
}
