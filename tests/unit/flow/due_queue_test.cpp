#include "bench.hpp"
#include "support/refusal.hpp"
#include "unit/flow/forwarding_store.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using pes::DossierId;
using pes::Error;
using pes::ErrorCode;
using pes::Instant;
using pes::flow::DueQueue;
using pes::test::Bench;
using pes::test::ForwardingStore;
using pes::test::refusal;

namespace {

const Instant night = std::chrono::sys_days(std::chrono::year(2022) / 3 / 2) + 2h;

/// A dossier whose first step is due.
DossierId ordered(Bench& bench, const char* text) {
  const DossierId id = *DossierId::parse(text);
  pes::flow::create(bench.services, {.type = "pes",
                                     .id_e = "2",
                                     .id = id,
                                     .objet = "Mars",
                                     .file = pes::NamedFile{std::filesystem::path(PES_TEST_DATA) /
                                                                "pes" / "test-032022.xml",
                                                            "mars.xml"}});
  pes::flow::send(bench.services, id);
  return id;
}

/// A queue of a service, and what it told.
class Watched {
 public:
  explicit Watched(Bench& bench)
      : store(*bench.store),
        queue(store, bench.clock, DueQueue::Until::clock_ends,
              {.damaged = [](const DossierId&, const Error&) {},
               .silent = [this](const Error& error) { silences.push_back(error.message()); }}) {}

  ForwardingStore store;
  std::vector<std::string> silences;
  DueQueue queue;
};

}  // namespace

TEST_SUITE("flow") {
  TEST_CASE("a store that fails for a while is told once and asked again, later each time") {
    Bench bench(night);
    const DossierId id = ordered(bench, "Aaaaaaa");
    Watched watched(bench);
    std::vector<std::chrono::seconds> asked;
    watched.store.before_due = [&] {
      asked.push_back(bench.clock.now() - night);
      if (asked.size() < 4) throw Error(ErrorCode::io_failed, "the connection was lost");
    };
    bench.clock.runs_on_its_own();

    CHECK(watched.queue.take() == id);
    CHECK(watched.silences == std::vector<std::string>{"the connection was lost"});
    REQUIRE(asked.size() == 4);
    CHECK(asked[1] >= 1s);
    CHECK(asked[2] - asked[1] >= 2s);
    CHECK(asked[3] - asked[2] >= 4s);
  }

  TEST_CASE("a store that cannot be asked at all ends the queue") {
    Bench bench(night);
    Watched watched(bench);
    watched.store.before_due = [] { throw Error(ErrorCode::journal_damaged, "line 3"); };

    CHECK(refusal([&] { watched.queue.take(); }).code() == ErrorCode::journal_damaged);
  }

  TEST_CASE("a queue of what is due now ends when the store fails") {
    Bench bench(night);
    ForwardingStore store(*bench.store);
    store.before_due = [] { throw Error(ErrorCode::io_failed, "the connection was lost"); };
    DueQueue once(store, bench.clock, DueQueue::Until::all_is_done, {});

    CHECK(refusal([&] { once.take(); }).code() == ErrorCode::io_failed);
  }

  TEST_CASE("who waits looks again when another worker puts a dossier aside for less long") {
    Bench bench(night);
    const DossierId id = ordered(bench, "Aaaaaaa");
    Watched watched(bench);
    REQUIRE(watched.queue.take() == id);
    std::vector<bool> stops;
    watched.store.waiting = [&](Instant until, const std::function<bool()>& stop) {
      CHECK(until == night + 60s);
      stops.push_back(stop());
      watched.queue.put_aside(id, DueQueue::Aside::passing);
      stops.push_back(stop());
      bench.clock.set(night + 1s);
    };

    CHECK(watched.queue.take() == id);
    CHECK(stops == std::vector<bool>{false, true});
  }

  TEST_CASE("what a worker has in hand again keeps no other awake") {
    Bench bench(night);
    const DossierId id = ordered(bench, "Aaaaaaa");
    Watched watched(bench);
    REQUIRE(watched.queue.take() == id);
    watched.queue.put_aside(id, DueQueue::Aside::passing);
    bench.clock.set(night + 2s);
    REQUIRE(watched.queue.take() == id);
    watched.store.waiting = [&](Instant until, const std::function<bool()>&) {
      CHECK(until == night + 2s + 60s);
      bench.clock.end();
    };

    CHECK_FALSE(watched.queue.take());
  }
}
