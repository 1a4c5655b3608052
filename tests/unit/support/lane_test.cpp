#include "support/lane.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <vector>

namespace pes {

TEST_SUITE("support") {
  TEST_CASE("a lane does all jobs in the order given, however few may wait") {
    std::vector<int> done;
    Lane lane(2);

    for (int i = 0; i < 1000; ++i) lane.add([&done, i] { done.push_back(i); });
    lane.finish();

    REQUIRE(done.size() == 1000);
    for (int i = 0; i < 1000; ++i) CHECK(done[static_cast<std::size_t>(i)] == i);
  }

  TEST_CASE("a lane tells what a job threw, and drops those that waited behind it") {
    Lane lane(1);

    lane.add([] { throw std::runtime_error("broken"); });

    CHECK_THROWS_AS(lane.finish(), std::runtime_error);
    bool done = false;
    lane.add([&done] { done = true; });
    lane.finish();
    CHECK(done);
  }

  TEST_CASE("a lane without jobs ends") {
    Lane lane(1);
    lane.finish();
  }
}

}  // namespace pes
