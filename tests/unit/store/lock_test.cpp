#include "adapter/store/lock.hpp"

#include "support/child_process.hpp"
#include "support/refusal.hpp"
#include "unit/store/store_home.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

using pes::test::ChildProcess;
using pes::test::refusal;
using pes::test::StoreHome;

TEST_SUITE("store") {
  TEST_CASE("the lock says who holds the dossier, and is empty once it is let go") {
    const StoreHome home;
    CHECK(std::filesystem::file_size(home.lock()) == 0);

    auto held = home.open()->hold(home.dossier.id_d, "pes sign O5uC72H", 12);
    const std::string record = pes::read_file(home.lock(), 1000);
    CHECK(record.find("\"pid\":" + std::to_string(::getpid())) != std::string::npos);
    CHECK(record.find("\"command\":\"pes sign O5uC72H\"") != std::string::npos);
    CHECK(record.find("\"journal_position\":12") != std::string::npos);
    CHECK(record.back() == '\n');
    held.reset();

    CHECK(std::filesystem::file_size(home.lock()) == 0);
  }

  TEST_CASE("a command of any length and bytes fits in the record") {
    const StoreHome home;
    const std::string command = "pes \xFF\n\"" + std::string(5000, '"');

    const auto held = home.open()->hold(home.dossier.id_d, command, 0);
    const pes::Error error = refusal([&] { home.open()->hold(home.dossier.id_d, "pes edit", 0); });

    CHECK(std::filesystem::file_size(home.lock()) == 512);
    CHECK(error.message().find("pes ") != std::string::npos);
  }

  TEST_CASE("a record that a power cut tore makes the whole journal be read again") {
    const StoreHome home;
    for (const std::string& torn : {std::string(512, '\0'), std::string("{\"pid\":")}) {
      pes::replace_file(home.lock(), torn);

      const auto held = home.open()->hold(home.dossier.id_d, "pes edit", 50);

      CHECK(held->interrupted_since() == 0);
      held->save(home.dossier);
    }
  }

  TEST_CASE("a dossier held by another process is free once that process is killed") {
    const StoreHome home;
    {
      const ChildProcess other([&] {
        const auto held = home.open()->hold(home.dossier.id_d, "pes send", 7);
        while (true) ::pause();
      });
      while (std::filesystem::file_size(home.lock()) == 0) ::usleep(1000);

      const pes::Error error =
          refusal([&] { home.open()->hold(home.dossier.id_d, "pes edit", 0); });
      CHECK(error.code() == pes::ErrorCode::dossier_locked);
      CHECK(error.message().find(std::to_string(other.pid())) != std::string::npos);
    }

    CHECK(home.open()->hold(home.dossier.id_d, "pes edit", 9)->interrupted_since() == 7);
  }

  TEST_CASE("of several processes one holds at a time") {
    const StoreHome home;
    const auto witness = home.home() / "held";
    std::vector<ChildProcess> children;
    for (int child = 0; child < 4; ++child) {
      children.emplace_back([&] {
        for (int held_times = 0; held_times < 20;) {
          try {
            const auto held = home.open()->hold(home.dossier.id_d, "pes run", 0);
            // Two holders at once would find the other's folder.
            if (::mkdir(witness.c_str(), 0700) != 0) ::_exit(1);
            ++held_times;
            ::rmdir(witness.c_str());
          } catch (const pes::Error& error) {
            if (error.code() != pes::ErrorCode::dossier_locked) throw;
            ::usleep(1000);
          }
        }
      });
    }

    for (ChildProcess& child : children) CHECK(child.ended_well());
  }

  TEST_CASE("of several creations that are given up one holds the place at a time") {
    const StoreHome home;
    const auto witness = home.home() / "held";
    std::vector<ChildProcess> children;
    for (int child = 0; child < 4; ++child) {
      children.emplace_back([&] {
        for (int round = 0; round < 150; ++round) {
          try {
            // The folder goes, lock included, each time: one may be opened and gone.
            const auto held = home.open()->create(pes::test::sample_id("abcdefg"), "pes create", 0);
            if (::mkdir(witness.c_str(), 0700) != 0) ::_exit(1);
            ::usleep(500);
            ::rmdir(witness.c_str());
          } catch (const pes::Error& error) {
            if (error.code() != pes::ErrorCode::dossier_locked) throw;
          }
        }
      });
    }

    for (ChildProcess& child : children) CHECK(child.ended_well());
  }

  TEST_CASE("a lock on a folder that went meanwhile is none") {
    const StoreHome home;

    CHECK_FALSE(
        pes::store::Lock::take(home.dossiers() / "O5" / "absent", home.dossier.id_d).has_value());
  }
}
