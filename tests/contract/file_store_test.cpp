#include "contract/store_contract.hpp"
#include "pes/adapters.hpp"
#include "support/sample_dossier.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <vector>

TEST_SUITE("contract") {
  TEST_CASE("the store in files keeps the contract of stores") {
    const pes::test::Scratch scratch;
    pes::create_home(scratch.path() / "home");

    pes::test::store_contract([&] { return pes::make_file_store(scratch.path() / "home"); },
                              [&] { return pes::make_file_journal(scratch.path() / "home"); });
  }

  TEST_CASE("a state that follows its event soon is looked at again, though no other event comes") {
    using namespace std::chrono_literals;
    const pes::test::Scratch scratch;
    pes::create_home(scratch.path() / "home");
    const auto store = pes::make_file_store(scratch.path() / "home");
    const auto other = pes::make_file_store(scratch.path() / "home");
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    pes::Dossier dossier = pes::test::sample_dossier("aaaaaaa");
    auto held = other->create(dossier.id_d, "send", 0);
    held->save(dossier);
    CHECK(store->due(now, 10).ids.empty());

    int asked = 0;
    constexpr int in_vain = 300;
    store->wait_for_news(now + 50s, [&] { return ++asked == in_vain; });
    CHECK(asked < in_vain);

    dossier.job = pes::Job{.etat_cible = pes::Action::orientation, .next_try = now};
    held->save(dossier);
    held.reset();
    CHECK(store->due(now, 10).ids == std::vector{dossier.id_d});
  }
}
