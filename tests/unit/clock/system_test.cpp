#include "pes/adapters.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;

TEST_SUITE("clock") {
  TEST_CASE("the clock has the resolution of a second and goes forward") {
    const auto clock = pes::make_system_clock({});
    const pes::Instant before = clock->now();

    clock->wait_until(before + 1s);

    CHECK(clock->now() >= before + 1s);
  }

  TEST_CASE("a wait ends when the process is asked to stop") {
    int asked = 0;
    const auto clock = pes::make_system_clock([&] { return ++asked == 3; });

    clock->wait_until(pes::Instant::max());

    CHECK(asked == 3);
  }

  TEST_CASE("an instant that has passed is not waited for") {
    const auto clock = pes::make_system_clock([] {
      FAIL("nothing to wait for");
      return true;
    });

    clock->wait_until(clock->now() - 1s);
  }
}
