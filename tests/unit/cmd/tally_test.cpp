#include "ui/tally.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace std::chrono_literals;
using pes::ui::Tally;

TEST_SUITE("cmd") {
  TEST_CASE("a tally tells how many are done, of how many, how fast and for how long still") {
    const Tally::Clock::time_point began{};
    Tally tally;
    CHECK_FALSE(tally.is_running());
    tally.begin(40, began);
    CHECK(tally.is_running());
    CHECK(tally.text(began + 1s) == "[>         ] 0/40");
    CHECK(tally.json(began + 1s)["remaining"].is_null());

    for (int item = 0; item < 10; ++item) tally.end_item(250'000);
    tally.count_retry();

    CHECK(tally.text(began + 20s) == "[==>       ] 10/40, 2.5 MB, 0.5/s, 1 min left, retries: 1");
    CHECK(tally.json(began + 20s) == pes::ui::Json{{"done", 10},
                                                   {"total", 40},
                                                   {"bytes", 2'500'000},
                                                   {"retries", 1},
                                                   {"elapsed", 20.0},
                                                   {"remaining", 60.0}});
  }

  TEST_CASE("the tally of one alone is not shown, and one that is over is full") {
    const Tally::Clock::time_point began{};
    Tally tally;
    tally.begin(1, began);
    CHECK_FALSE(tally.is_running());
    tally.begin(2, began);
    tally.end_item(0);
    tally.end_item(0);
    CHECK(tally.text(began + 4s) == "[==========] 2/2, 0.5/s, 0 s left");
  }
}
