#include "adapter/journal/line_reader.hpp"
#include "crypto/digest.hpp"
#include "record/home.hpp"
#include "support/child_process.hpp"
#include "support/refusal.hpp"
#include "support/small_disk.hpp"
#include "unit/journal/journal_home.hpp"

#include <doctest/doctest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <optional>
#include <set>

using pes::test::ChildProcess;
using pes::test::JournalHome;
using pes::test::refusal;
using pes::test::sample_event;

namespace {

std::set<std::string> parts_in(const JournalHome& home) {
  std::set<std::string> parts;
  for (const auto& entry : std::filesystem::directory_iterator(home.folder())) {
    if (entry.path().extension() == ".part") parts.insert(entry.path().filename());
  }
  return parts;
}

}  // namespace

TEST_SUITE("journal") {
  TEST_CASE("an event is one line that ends with a line feed, chained by the digest of the bytes") {
    const JournalHome home(2);

    const auto lines = home.lines();
    REQUIRE(lines.size() == 2);
    CHECK(home.bytes().back() == '\n');
    CHECK(lines[0].find("\"previous\":\"" + std::string(64, '0')) != std::string::npos);
    CHECK(lines[1].find("\"previous\":\"" + pes::crypto::sha256_hex(lines[0])) !=
          std::string::npos);
  }

  TEST_CASE("a journal of schema 1 is read, verified and continued") {
    const JournalHome home;
    home.set_bytes(pes::read_file(std::string(PES_TEST_DATA) + "/record/journal-1.jsonl", 65536));
    const auto journal = home.open();

    CHECK(journal->verify({}).empty());
    CHECK(journal->append(sample_event()).id_j == 7);
    CHECK(journal->verify({}).empty());
  }

  TEST_CASE("a truncated last line is set aside and the next event takes its number") {
    const JournalHome home(2);
    const std::string sound = home.bytes();
    const std::string rest = R"({"schema":"pes.event/1","id_j":3,"ty)";
    home.set_bytes(sound + rest);

    const pes::Event event = home.open()->append(sample_event("three"));

    CHECK(event.id_j == 3);
    CHECK(home.bytes().substr(0, sound.size()) == sound);
    CHECK(home.lines().size() == 3);
    CHECK(home.open()->verify({}).empty());
    const std::string name = "truncated-3-" + pes::crypto::sha256_hex(rest).substr(0, 16) + ".part";
    CHECK(parts_in(home) == std::set{name});
    CHECK(pes::read_file(home.folder() / name, 100) == rest);
  }

  TEST_CASE("a crash between setting aside and cutting off changes nothing") {
    const JournalHome home(1);
    const std::string interrupted = home.bytes() + "{\"half";
    home.set_bytes(interrupted);
    home.open()->append(sample_event());
    home.set_bytes(interrupted);
    std::filesystem::remove(home.head());

    CHECK(home.open()->append(sample_event()).id_j == 2);

    CHECK(parts_in(home).size() == 1);
    CHECK(home.open()->verify({}).empty());
  }

  TEST_CASE("a line as long as the bound is taken, one byte more is not") {
    const JournalHome home;
    const auto journal = home.open();
    pes::Event event = sample_event("");
    journal->append(event);
    const std::size_t overhead = home.bytes().size();

    event.message = std::string(pes::journal::longest_line - overhead, 'x');
    journal->append(event);
    event.message += 'x';
    const pes::Error error = refusal([&] { journal->append(event); });

    CHECK(error.code() == pes::ErrorCode::input_too_large);
    CHECK(home.bytes().size() == overhead + pes::journal::longest_line);
    CHECK(home.open()->append(sample_event()).id_j == 3);
    CHECK(journal->verify({}).empty());
  }

  TEST_CASE("an end that was removed is not written over") {
    const JournalHome home(3);
    auto lines = home.lines();
    lines.pop_back();
    home.set_lines(lines);
    const std::string before = home.bytes();

    const pes::Error error = refusal([&] { home.open()->append(sample_event()); });

    CHECK(error.code() == pes::ErrorCode::journal_damaged);
    CHECK(home.bytes() == before);
  }

  TEST_CASE("a recorded line that was cut is damage, not the trace of a crash") {
    const JournalHome home(2);
    home.set_bytes(home.bytes().substr(0, home.bytes().size() - 10));

    const pes::Error error = refusal([&] { home.open()->append(sample_event()); });

    CHECK(error.code() == pes::ErrorCode::journal_damaged);
    CHECK(parts_in(home).empty());
  }

  TEST_CASE("a last line that was altered, or is no event, takes no successor") {
    const JournalHome home(2);
    const std::string sound = home.bytes();
    const auto code_with = [&](const std::string& bytes) {
      home.set_bytes(bytes);
      return refusal([&] { home.open()->append(sample_event()); }).code();
    };
    std::string altered = sound;
    altered.replace(altered.rfind("event 2"), 7, "event X");
    std::string newer = sound;
    newer.replace(newer.rfind("pes.event/1"), 11, "pes.event/2");

    CHECK(code_with(altered) == pes::ErrorCode::journal_damaged);
    CHECK(code_with(newer) == pes::ErrorCode::journal_newer);
    CHECK(code_with(sound + "not an event\n") == pes::ErrorCode::journal_damaged);
    CHECK(code_with(sound + std::string(pes::journal::longest_line + 1, 'x') + "\n") ==
          pes::ErrorCode::journal_damaged);
    CHECK(code_with(sound + std::string(pes::journal::longest_line + 1, 'x')) ==
          pes::ErrorCode::journal_damaged);
  }

  TEST_CASE("a head that is late, torn or absent does not hold up the journal") {
    const JournalHome home(1);
    const std::string late = pes::read_file(home.head(), 1000);
    home.open()->append(sample_event());
    const auto next_number = [&] { return home.open()->append(sample_event()).id_j; };

    pes::replace_file(home.head(), late);
    CHECK(home.open()->verify({}).empty());
    CHECK(next_number() == 3);
    pes::replace_file(home.head(), "");
    CHECK(next_number() == 4);
    pes::replace_file(home.head(), late.substr(0, 20));
    CHECK(next_number() == 5);
    std::filesystem::remove(home.head());
    CHECK(next_number() == 6);
    CHECK(home.open()->verify({}).empty());
    CHECK(std::filesystem::file_size(home.head()) == late.size());
  }

  TEST_CASE("a journal that is missing is not begun again") {
    const JournalHome home(1);
    std::filesystem::remove(home.file());

    const pes::Error error = refusal([&] { home.open()->append(sample_event()); });

    CHECK(error.code() == pes::ErrorCode::journal_damaged);
    CHECK_FALSE(std::filesystem::exists(home.file()));
  }

  TEST_CASE("an append waits for the one under way") {
    const JournalHome home(1);
    const pes::FileDescriptor held = pes::open_for_reading(home.file());
    REQUIRE(::flock(held.get(), LOCK_EX) == 0);

    ChildProcess other([&] { home.open()->append(sample_event("other")); });
    ::usleep(50'000);
    CHECK(home.lines().size() == 1);
    REQUIRE(::flock(held.get(), LOCK_UN) == 0);

    CHECK(other.ended_well());
    CHECK(home.lines().size() == 2);
  }

  TEST_CASE("a writer killed between any two of its appends leaves a chain that goes on") {
    const JournalHome home;
    std::size_t lines = 0;
    for (int round = 0; round < 5; ++round) {
      {
        const ChildProcess writer([&] {
          const auto journal = home.open();
          while (true) journal->append(sample_event());
        });
        while (home.lines().size() < lines + 3) ::usleep(1000);
      }
      home.open()->append(sample_event("after the kill"));
      lines = home.lines().size();
    }

    CHECK(home.open()->verify({}).empty());
  }

  TEST_CASE("a write that the system cuts short leaves no trace") {
    const JournalHome home(2);
    const std::string before = home.bytes();

    // A limit of size stands for the full disk: the first bytes are written, not the last.
    ChildProcess writer([&] {
      ::signal(SIGXFSZ, SIG_IGN);
      const auto journal = home.open();
      const rlimit limit{.rlim_cur = before.size() + 100, .rlim_max = RLIM_INFINITY};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      const pes::Error error = refusal([&] { journal->append(sample_event()); });
      if (error.code() != pes::ErrorCode::io_failed || home.bytes() != before) ::_exit(1);
    });

    CHECK(writer.ended_well());
    CHECK(home.bytes() == before);
    CHECK(home.open()->append(sample_event()).id_j == 3);
    CHECK(home.open()->verify({}).empty());
  }

  TEST_CASE("a full disk is told with what to do, and the journal goes on once there is room") {
    const pes::test::SmallDisk disk("64k");
    if (!disk.is_mounted()) return;
    pes::create_home(disk.path());
    const auto journal = pes::make_file_journal(disk.path());
    const std::string message(3000, 'x');
    std::uint64_t appended = 0;

    const pes::Error error = refusal([&] {
      while (true) appended = journal->append(sample_event(message)).id_j;
    });
    CHECK(error.code() == pes::ErrorCode::io_failed);
    CHECK(error.hint().find("space") != std::string::npos);
    CHECK(appended > 0);
    CHECK(journal->verify({}).empty());
    REQUIRE(disk.resize("128k"));

    CHECK(journal->append(sample_event(message)).id_j == appended + 1);
    CHECK(journal->verify({}).empty());
  }

  TEST_CASE("the journal of a home that lives elsewhere takes no event, whenever it was opened") {
    const JournalHome home(1);
    const auto journal = home.open();
    const std::string before = home.bytes();
    pes::record::set_residence(home.home(), {.kind = pes::Residence::Kind::leaving,
                                             .place = "postgresql://db.example.org/pes"});

    const pes::Error error = refusal([&] { journal->append(sample_event()); });

    CHECK(error.code() == pes::ErrorCode::home_unknown);
    CHECK(error.message().find("db.example.org") != std::string::npos);
    CHECK(home.bytes() == before);
    pes::record::set_residence(home.home(), {});
    CHECK(journal->append(sample_event()).id_j == 2);
  }
}
