#include "support/refusal.hpp"
#include "support/small_disk.hpp"
#include "unit/journal/journal_home.hpp"

#include <doctest/doctest.h>

using pes::test::JournalHome;
using pes::test::refusal;
using pes::test::sample_event;

namespace {

std::size_t count_from(const JournalHome& home, std::uint64_t position) {
  std::size_t count = 0;
  home.open()->visit(position, [&](const pes::Event&) {
    ++count;
    return true;
  });
  return count;
}

}  // namespace

TEST_SUITE("journal") {
  TEST_CASE("an incomplete last line is passed over, by visits and by positions") {
    const JournalHome home(2);
    const std::string sound = home.bytes();
    home.set_bytes(sound + "{\"half");

    CHECK(count_from(home, 0) == 2);
    CHECK(home.open()->position() == sound.size());
  }

  TEST_CASE("damage is told with the file and the line, also by a visit that starts later") {
    const JournalHome home(4);
    auto lines = home.lines();
    const std::uint64_t second = lines[0].size() + 1;
    lines[2] = "not an event";
    home.set_lines(lines);
    for (const std::uint64_t from : {std::uint64_t{0}, second}) {
      const pes::Error error = refusal([&] { count_from(home, from); });

      CHECK(error.code() == pes::ErrorCode::journal_damaged);
      CHECK(error.message().find(home.file().native() + ":3") != std::string::npos);
    }
  }

  TEST_CASE("a broken chain is told with the line where it breaks") {
    const JournalHome home(4);
    auto lines = home.lines();
    lines.erase(lines.begin() + 1);
    home.set_lines(lines);

    const pes::Error error = refusal([&] { count_from(home, 0); });

    CHECK(error.code() == pes::ErrorCode::journal_damaged);
    CHECK(error.message().find(":2") != std::string::npos);
  }

  TEST_CASE("a line of a newer version is told as such") {
    const JournalHome home(2);
    std::string bytes = home.bytes();
    bytes.replace(bytes.find("pes.event/1"), 11, "pes.event/2");
    home.set_bytes(bytes);

    const pes::Error error = refusal([&] { count_from(home, 0); });

    CHECK(error.code() == pes::ErrorCode::journal_newer);
    CHECK(error.message().find(":1") != std::string::npos);
  }

  TEST_CASE("a position that no line begins at is damage") {
    const JournalHome home(2);
    const std::uint64_t end = home.open()->position();

    for (const std::uint64_t position : {end + 1, end - 1, std::uint64_t{1}}) {
      CAPTURE(position);
      CHECK(refusal([&] { count_from(home, position); }).code() == pes::ErrorCode::journal_damaged);
    }
  }

  TEST_CASE("a read-only journal is read and verified, and refuses events with what to do") {
    const pes::test::SmallDisk disk("256k");
    if (!disk.is_mounted()) return;
    pes::create_home(disk.path());
    const auto journal = pes::make_file_journal(disk.path());
    journal->append(sample_event());
    REQUIRE(disk.make_read_only());

    CHECK(journal->position() == journal->visit(0, [](const pes::Event&) { return true; }));
    CHECK(journal->verify({}).empty());
    const pes::Error error = refusal([&] { journal->append(sample_event()); });
    CHECK(error.code() == pes::ErrorCode::io_failed);
    CHECK(error.hint().find("read-only") != std::string::npos);
  }

  TEST_CASE("a visitor may append") {
    const JournalHome home(1);
    const auto journal = home.open();

    journal->visit(0, [&](const pes::Event& event) {
      if (event.id_j < 3) journal->append(sample_event());
      return true;
    });

    CHECK(home.lines().size() == 2);
  }
}
