#include "support/child_process.hpp"
#include "support/refusal.hpp"
#include "support/small_disk.hpp"
#include "unit/store/store_home.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <csignal>

using pes::test::ChildProcess;
using pes::test::refusal;
using pes::test::sample_id;
using pes::test::StoreHome;

namespace {

/// A state that takes some room.
pes::Dossier large(const pes::Dossier& dossier) {
  pes::Dossier result = dossier;
  result.fields["objet"] = std::string(100'000, 'x');
  return result;
}

}  // namespace

TEST_SUITE("store") {
  TEST_CASE("writes that the system cuts short leave the dossier as it was") {
    const StoreHome home;

    // A limit of size stands for the full disk: the first bytes are written, not the last.
    ChildProcess writer([&] {
      ::signal(SIGXFSZ, SIG_IGN);
      const auto held = home.open()->hold(sample_id(), "edit", 0);
      const rlimit limit{.rlim_cur = 4096, .rlim_max = RLIM_INFINITY};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      const std::string bytes(100'000, 'x');
      for (const pes::Error& error :
           {refusal([&] { held->save(large(home.dossier)); }),
            refusal([&] { held->keep_bytes("pes_acquit", "a.xml", bytes); })}) {
        if (error.code() != pes::ErrorCode::io_failed) ::_exit(1);
      }
      if (home.names() != home.usual_names()) ::_exit(1);
    });

    CHECK(writer.ended_well());
    CHECK(home.open()->read(sample_id()) == home.dossier);
    CHECK(home.open()->hold(sample_id(), "edit", 9)->interrupted_since() == 0);
  }

  TEST_CASE("a full disk is told with what to do, and nothing is half-written") {
    const pes::test::SmallDisk disk("256k");
    if (!disk.is_mounted()) return;
    const auto home = disk.path() / "home";
    const auto source = disk.path() / "source.xml";
    pes::create_home(home);
    pes::replace_file(source, std::string(120'000, 'x'));
    const auto store = pes::make_file_store(home);
    pes::Dossier dossier = pes::test::sample_dossier();
    {
      const auto held = store->create(sample_id(), "create", 0);
      dossier.files.emplace("fichier_pes", held->keep("fichier_pes", "a.xml", source));
      held->save(dossier);

      for (const pes::Error& error :
           {refusal([&] { held->keep("fichier_original", "a.xml", source); }),
            refusal([&] { held->save(large(dossier)); })}) {
        CHECK(error.code() == pes::ErrorCode::io_failed);
        CHECK(error.hint().find("space") != std::string::npos);
      }
    }
    CHECK(store->read(sample_id()) == dossier);
    CHECK(std::distance(std::filesystem::directory_iterator(home / "dossiers" / "O5" / "O5uC72H"),
                        {}) == 3);
    std::filesystem::remove(source);

    store->hold(sample_id(), "replays", 0)->save(large(dossier));

    CHECK(store->read(sample_id()) == large(dossier));
  }

  TEST_CASE("a read-only home is read, and refuses changes with what to do") {
    const pes::test::SmallDisk disk("256k");
    if (!disk.is_mounted()) return;
    pes::create_home(disk.path());
    const auto store = pes::make_file_store(disk.path());
    store->create(sample_id(), "create", 0)->save(pes::test::sample_dossier());
    REQUIRE(disk.make_read_only());

    CHECK(store->read(sample_id()) == pes::test::sample_dossier());
    for (const pes::Error& error :
         {refusal([&] { store->hold(sample_id(), "edit", 0); }),
          refusal([&] { store->create(sample_id("abcdefg"), "create", 0); })}) {
      CHECK(error.code() == pes::ErrorCode::io_failed);
      CHECK(error.hint().find("read-only") != std::string::npos);
    }
  }
}
