#include "adapter/store/folder.hpp"
#include "support/child_process.hpp"
#include "support/refusal.hpp"
#include "unit/store/store_home.hpp"

#include <doctest/doctest.h>

#include <fstream>

using pes::test::ChildProcess;
using pes::test::refusal;
using pes::test::sample_dossier;
using pes::test::sample_id;
using pes::test::StoreHome;

namespace {

std::size_t count_visited(const StoreHome& home) {
  std::size_t count = 0;
  home.open()->visit([&](const pes::Dossier&) { ++count; },
                     [](const pes::DossierId& id, const pes::Error& error) {
                       FAIL("damaged: " << id.text() << " " << error.message());
                     });
  return count;
}

}  // namespace

TEST_SUITE("store") {
  TEST_CASE("what a crash left in the folder goes when the dossier is next let go") {
    const StoreHome home;
    pes::replace_file(home.folder() / ".dossier.json.abcdef", "half a state");
    pes::replace_file(home.folder() / "pes_acquit-0123456789abcdef.xml", "named by no state");
    std::filesystem::create_directories(home.folder() / ".scratch-1-archive" / "inner");

    home.open()->hold(sample_id(), "edit", 0);

    CHECK(home.names() == home.usual_names());
  }

  TEST_CASE("what is left after an interruption stays until its events are saved") {
    const StoreHome home;
    ChildProcess died([&] {
      const auto held = home.open()->hold(sample_id(), "edit", 0);
      held->keep_bytes("pes_acquit", "a.xml", "<ACQ/>");
      ::_exit(0);
    });
    REQUIRE(died.ended_well());

    home.open()->hold(sample_id(), "looks, saves nothing", 0);
    CHECK(home.names().size() == home.usual_names().size() + 1);
    home.open()->hold(sample_id(), "replays", 0)->save(home.dossier);

    CHECK(home.names() == home.usual_names());
  }

  TEST_CASE("an interrupted creation shows nothing and is taken over") {
    const StoreHome home;
    ChildProcess died([&] {
      const auto held = home.open()->create(sample_id("abcdefg"), "create", 30);
      held->keep_bytes("fichier_pes", "a.xml", "<PES/>");
      ::_exit(0);
    });
    REQUIRE(died.ended_well());

    CHECK(count_visited(home) == 1);
    CHECK(refusal([&] { home.open()->hold(sample_id("abcdefg"), "edit", 0); }).code() ==
          pes::ErrorCode::dossier_unknown);
    const auto held = home.open()->create(sample_id("abcdefg"), "create", 70);
    CHECK(held->interrupted_since() == 30);
    held->save(sample_dossier("abcdefg"));
    CHECK(count_visited(home) == 2);
  }

  TEST_CASE("a folder made just before a crash shows nothing and is taken over") {
    const StoreHome home;
    std::filesystem::create_directories(home.dossiers() / "ab" / "abcdefg");
    CHECK(count_visited(home) == 1);
    pes::replace_file(home.dossiers() / "ab" / "abcdefg" / "lock", "");
    CHECK(count_visited(home) == 1);

    const auto held = home.open()->create(sample_id("abcdefg"), "create", 0);

    CHECK_FALSE(held->interrupted_since().has_value());
  }

  TEST_CASE("a creation under way is not taken over") {
    const StoreHome home;
    const auto held = home.open()->create(sample_id("abcdefg"), "pes create", 0);

    const pes::Error error =
        refusal([&] { home.open()->create(sample_id("abcdefg"), "pes create", 0); });

    CHECK(error.code() == pes::ErrorCode::dossier_locked);
    CHECK(count_visited(home) == 1);
  }

  TEST_CASE("an erasure killed half-way leaves no dossier, and its files go the next time") {
    const StoreHome home;
    pes::store::move_to_bin(home.dossiers(), sample_id());
    const auto bin = home.dossiers() / ".deleted";
    REQUIRE_FALSE(std::filesystem::is_empty(bin));

    CHECK(count_visited(home) == 0);
    CHECK(refusal([&] { home.open()->read(sample_id()); }).code() ==
          pes::ErrorCode::dossier_unknown);
    home.open()->create(sample_id(), "create", 0)->save(home.dossier);
    CHECK(std::filesystem::is_empty(bin));
    CHECK(count_visited(home) == 1);
  }

  TEST_CASE("an erasure removes the remains of one of the same name") {
    const StoreHome home;
    std::filesystem::create_directories(home.dossiers() / ".deleted" / "O5uC72H" / "files");

    home.open()->hold(sample_id(), "delete", 0)->erase();

    CHECK(std::filesystem::is_empty(home.dossiers() / ".deleted"));
    CHECK_FALSE(std::filesystem::exists(home.folder()));
  }

  TEST_CASE("a save that fails is an interruption for the next holder") {
    const StoreHome home;
    {
      const auto held = home.open()->hold(sample_id(), "edit", 25);
      pes::Dossier bad = home.dossier;
      bad.etats.clear();
      CHECK(refusal([&] { held->save(bad); }).code() == pes::ErrorCode::internal);
    }

    CHECK(home.open()->hold(sample_id(), "edit", 60)->interrupted_since() == 25);
    CHECK(home.open()->read(sample_id()) == home.dossier);
  }

  TEST_CASE("a reader sees the state before or after, while it is replaced") {
    const StoreHome home;
    const ChildProcess writer([&] {
      const auto held = home.open()->hold(sample_id(), "edit", 0);
      pes::Dossier dossier = home.dossier;
      while (true) {
        ++dossier.id_j;
        held->save(dossier);
      }
    });
    const auto store = home.open();

    std::uint64_t last = 0;
    while (last < 20) {
      const std::uint64_t read = store->read(sample_id()).id_j;
      REQUIRE(read >= last);
      last = read;
    }
  }
}
