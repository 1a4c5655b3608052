#include "contract/stamps_contract.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace pes::test {

namespace {

port::Stamp stamp(std::uint64_t id_j) {
  return {.id_j = id_j,
          .sha256 = std::string(64, 'a'),
          .position = 100 * id_j,
          .reply = std::string("\x30\x00\xff\n", 4)};
}

std::vector<std::uint64_t> kept(const port::Stamps& stamps, std::uint64_t from = 0) {
  std::vector<std::uint64_t> ids;
  stamps.visit(from, [&](const port::Stamp& found) {
    ids.push_back(found.id_j);
    return true;
  });
  return ids;
}

void a_home_that_never_stamped_has_none(const OpenStamps& open) {
  CHECK_FALSE(open()->last().has_value());
  CHECK(kept(*open()).empty());
}

void what_is_kept_is_read_back(const OpenStamps& open) {
  open()->keep(stamp(7));
  open()->keep(stamp(8));

  CHECK(kept(*open()) == std::vector<std::uint64_t>{7, 8});
  const auto last = open()->last();
  REQUIRE(last.has_value());
  CHECK(last->id_j == 8);
  CHECK(last->sha256 == std::string(64, 'a'));
  CHECK(last->position == 800);
  CHECK(last->reply == stamp(8).reply);
}

void one_that_is_not_after_the_last_is_dropped(const OpenStamps& open) {
  const auto stamps = open();
  stamps->keep(stamp(7));

  stamps->keep(stamp(7));
  open()->keep(stamp(3));

  CHECK(kept(*stamps) == std::vector<std::uint64_t>{7});
}

void those_of_later_events_are_found_among_many(const OpenStamps& open) {
  // More, and longer, than what an adapter reads at once.
  const auto stamps = open();
  std::vector<std::uint64_t> all;
  for (std::uint64_t id_j = 10; id_j <= 1000; id_j += 4) {
    port::Stamp long_one = stamp(id_j);
    long_one.reply.append(1000, 'r');
    stamps->keep(long_one);
    all.push_back(id_j);
  }

  for (std::uint64_t from = 0; from <= 1004; from += 7) {
    const auto begin = std::lower_bound(all.begin(), all.end(), from);
    CHECK_MESSAGE(kept(*stamps, from) == std::vector<std::uint64_t>(begin, all.end()), from);
  }
  std::vector<std::uint64_t> called;
  stamps->visit(500, [&](const port::Stamp& found) {
    called.push_back(found.id_j);
    return false;
  });
  CHECK(called == std::vector<std::uint64_t>{502});
}

}  // namespace

void stamps_contract(const OpenStamps& open) {
  SUBCASE("a home that never stamped has none") { a_home_that_never_stamped_has_none(open); }
  SUBCASE("what is kept is read back, whole and in order") { what_is_kept_is_read_back(open); }
  SUBCASE("those of later events are found among many") {
    those_of_later_events_are_found_among_many(open);
  }
  SUBCASE("one that another process was quicker to keep is dropped") {
    one_that_is_not_after_the_last_is_dropped(open);
  }
}

}  // namespace pes::test
