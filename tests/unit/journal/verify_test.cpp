#include "adapter/journal/line_reader.hpp"
#include "support/refusal.hpp"
#include "unit/journal/journal_home.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <ostream>
#include <tuple>

using pes::port::JournalFault;
using pes::test::JournalHome;
using Kind = JournalFault::Kind;
using Lines = std::vector<std::string>;

namespace {

struct Found {
  Kind kind;
  std::uint64_t line;
  std::uint64_t id_j;
  friend bool operator==(const Found&, const Found&) = default;
};

std::ostream& operator<<(std::ostream& stream, const Found& found) {
  return stream << "kind " << static_cast<int>(found.kind) << " line " << found.line << " event "
                << found.id_j << "; ";
}

std::vector<Found> faults_in(const JournalHome& home,
                             const std::vector<pes::port::Witness>& witnesses = {}) {
  std::vector<Found> found;
  for (const JournalFault& fault : home.open()->verify(witnesses)) {
    CHECK(fault.message.find(std::to_string(fault.line)) != std::string::npos);
    found.push_back({fault.kind, fault.line, fault.id_j});
  }
  return found;
}

std::vector<pes::port::Witness> witness_of(const JournalHome& home, std::uint64_t id_j) {
  std::vector<pes::port::Witness> witnesses;
  home.open()->visit(0, [&](const pes::Event& event) {
    if (event.id_j == id_j) {
      witnesses.push_back({.id_j = id_j, .sha256 = event.sha256, .source = "dossier X"});
    }
    return true;
  });
  REQUIRE(witnesses.size() == 1);
  return witnesses;
}

void replace(std::string& text, std::string_view piece, std::string_view other) {
  const std::size_t begin = text.find(piece);
  REQUIRE(begin != std::string::npos);
  text.replace(begin, piece.size(), other);
}

/// What is found once the lines of a journal of seven events were changed.
std::vector<Found> faults_after(const std::function<void(Lines&)>& change) {
  const JournalHome home(7);
  Lines lines = home.lines();
  change(lines);
  home.set_lines(lines);
  return faults_in(home);
}

}  // namespace

TEST_SUITE("journal") {
  TEST_CASE("a sound journal has no fault") {
    CHECK(faults_in(JournalHome(0)).empty());
    CHECK(faults_in(JournalHome(1)).empty());
    const JournalHome home(7);
    CHECK(faults_in(home, witness_of(home, 4)).empty());
  }

  TEST_CASE("any byte that changes is one fault, of its line") {
    const JournalHome home(5);
    const std::string sound = home.bytes();
    std::uint64_t line = 1;
    for (std::size_t i = 0; i < sound.size(); ++i) {
      home.set_byte(i, static_cast<char>(sound[i] ^ 1));
      const auto faults = faults_in(home);
      home.set_byte(i, sound[i]);
      if (faults.size() != 1 || faults[0].line != line) {
        FAIL_CHECK("byte " << i << " of line " << line << ": " << sound.substr(i, 20));
        for (const Found& found : faults) MESSAGE(found);
      }
      if (sound[i] == '\n') ++line;
    }
    CHECK(line == 6);
  }

  TEST_CASE("a line that is split is unreadable in its two parts, and nothing else is") {
    const JournalHome home(4);
    const std::string sound = home.bytes();
    const std::size_t third = home.lines()[0].size() + home.lines()[1].size() + 2;
    for (std::size_t i = third + 1; i < third + home.lines()[2].size(); i += 7) {
      std::string bytes = sound;
      bytes[i] = '\n';
      home.set_bytes(bytes);
      CAPTURE(i);
      CHECK(faults_in(home) ==
            std::vector<Found>{{Kind::unreadable, 3, 0}, {Kind::unreadable, 4, 0}});
    }
  }

  TEST_CASE("lines that are removed are told where they are missing") {
    CHECK(faults_after([](Lines& lines) { lines.erase(lines.begin() + 2); }) ==
          std::vector<Found>{{Kind::removed, 3, 3}});
    CHECK(faults_after([](Lines& lines) { lines.erase(lines.begin() + 2, lines.begin() + 5); }) ==
          std::vector<Found>{{Kind::removed, 3, 3}});
    CHECK(faults_after([](Lines& lines) { lines.erase(lines.begin(), lines.begin() + 2); }) ==
          std::vector<Found>{{Kind::removed, 1, 1}});
    CHECK(faults_after([](Lines& lines) {
            lines.erase(lines.begin() + 4);
            lines.erase(lines.begin() + 1);
          }) == std::vector<Found>{{Kind::removed, 2, 2}, {Kind::removed, 4, 5}});
  }

  TEST_CASE("an end that is removed is told by the head, without head by another witness") {
    const auto without_end = [](Lines& lines) { lines.resize(5); };
    CHECK(faults_after(without_end) == std::vector<Found>{{Kind::removed, 6, 6}});

    const JournalHome home(7);
    const auto witnesses = witness_of(home, 7);
    Lines lines = home.lines();
    without_end(lines);
    home.set_lines(lines);
    std::filesystem::remove(home.head());
    CHECK(faults_in(home).empty());
    CHECK(faults_in(home, witnesses) == std::vector<Found>{{Kind::removed, 6, 6}});
    home.set_bytes("");
    CHECK(faults_in(home, witnesses) == std::vector<Found>{{Kind::removed, 1, 1}});
  }

  TEST_CASE("the one line that is out of its place is told") {
    CHECK(faults_after([](Lines& lines) { std::swap(lines[2], lines[3]); }) ==
          std::vector<Found>{{Kind::reordered, 3, 4}});
    CHECK(faults_after([](Lines& lines) { std::swap(lines[5], lines[6]); }) ==
          std::vector<Found>{{Kind::reordered, 6, 7}});
    CHECK(faults_after([](Lines& lines) {
            std::rotate(lines.begin() + 1, lines.begin() + 2, lines.begin() + 5);
          }) == std::vector<Found>{{Kind::reordered, 5, 2}});
    CHECK(faults_after([](Lines& lines) {
            std::rotate(lines.begin() + 1, lines.begin() + 4, lines.begin() + 5);
          }) == std::vector<Found>{{Kind::reordered, 2, 5}});
  }

  TEST_CASE("a line that is there twice is told at its second place") {
    CHECK(faults_after([](Lines& lines) { lines.insert(lines.begin() + 5, lines[2]); }) ==
          std::vector<Found>{{Kind::reordered, 6, 3}});
    CHECK(faults_after([](Lines& lines) { lines.push_back(lines.back()); }) ==
          std::vector<Found>{{Kind::reordered, 8, 7}});
  }

  TEST_CASE("lines that are altered are told, each") {
    CHECK(faults_after([](Lines& lines) {
            replace(lines[1], "event 2", "event X");
            replace(lines[4], "event 5", "event X");
          }) == std::vector<Found>{{Kind::altered, 2, 2}, {Kind::altered, 5, 5}});
  }

  TEST_CASE("a line that is altered is told beside another that is removed") {
    CHECK(faults_after([](Lines& lines) {
            replace(lines[5], "event 6", "event X");
            lines.erase(lines.begin() + 2);
          }) == std::vector<Found>{{Kind::removed, 3, 3}, {Kind::altered, 5, 6}});
  }

  TEST_CASE("a forged line put in the place of another is told by what follows it") {
    CHECK(faults_after([](Lines& lines) {
            std::string forged = lines[3];
            replace(forged, "event 4", "event X");
            lines[3] = forged;
          }) == std::vector<Found>{{Kind::altered, 4, 4}});
  }

  TEST_CASE("a number that is altered is not taken for lines removed") {
    CHECK(faults_after([](Lines& lines) { replace(lines[3], "\"id_j\":4", "\"id_j\":40"); }) ==
          std::vector<Found>{{Kind::altered, 4, 4}});
    CHECK(faults_after([](Lines& lines) { replace(lines[6], "\"id_j\":7", "\"id_j\":70"); }) ==
          std::vector<Found>{{Kind::altered, 7, 7}});
  }

  TEST_CASE("what is no event is told and what surrounds it is not") {
    const std::vector<Found> third = {{Kind::unreadable, 3, 0}};
    CHECK(faults_after([](Lines& lines) { lines[2] = "not an event"; }) == third);
    CHECK(faults_after([](Lines& lines) { lines[2] = ""; }) == third);
    CHECK(faults_after([](Lines& lines) { lines.insert(lines.begin() + 2, "inserted"); }) == third);
    CHECK(faults_after([](Lines& lines) { replace(lines[2], "pes.event/1", "pes.event/2"); }) ==
          third);
    CHECK(faults_after([](Lines& lines) {
            lines[2] = std::string(pes::journal::longest_line + 1, 'x');
          }) == third);
    CHECK(faults_after([](Lines& lines) { lines.back() = "not an event"; }) ==
          std::vector<Found>{{Kind::unreadable, 7, 0}});
  }

  TEST_CASE("events lost in an unreadable line are counted in its message") {
    const JournalHome home(7);
    Lines lines = home.lines();
    lines[2] = lines[2] + lines[3] + lines[4];
    lines.erase(lines.begin() + 3, lines.begin() + 5);
    home.set_lines(lines);

    const auto faults = home.open()->verify({});

    REQUIRE(faults.size() == 1);
    CHECK(faults[0].line == 3);
    CHECK(faults[0].message.find("3 to 5") != std::string::npos);
  }

  TEST_CASE("an incomplete last line is told") {
    const JournalHome home(3);
    const std::string sound = home.bytes();

    home.set_bytes(sound + "{\"half");
    CHECK(faults_in(home) == std::vector<Found>{{Kind::truncated, 4, 4}});
    home.set_bytes(sound.substr(0, sound.size() - 10));
    CHECK(faults_in(home) == std::vector<Found>{{Kind::truncated, 3, 3}});
  }

  TEST_CASE("witnesses tell which of two lines was altered") {
    const JournalHome home(7);
    const auto of_third = witness_of(home, 3);
    const auto of_fourth = witness_of(home, 4);
    Lines lines = home.lines();
    replace(lines[3], "\"previous\":\"", "\"previous\":\"f");
    lines[3].erase(lines[3].find("\"previous\":\"") + 76 - 1, 1);
    lines.resize(4);
    home.set_lines(lines);
    std::filesystem::remove(home.head());

    CHECK(faults_in(home, of_third) == std::vector<Found>{{Kind::altered, 4, 4}});
    CHECK(faults_in(home, of_fourth) == std::vector<Found>{{Kind::altered, 4, 4}});
    CHECK(faults_in(home) == std::vector<Found>{{Kind::altered, 3, 3}});
  }

  TEST_CASE("a witness of an event that was removed adds no second fault") {
    const JournalHome home(7);
    const auto witnesses = witness_of(home, 3);
    Lines lines = home.lines();
    lines.erase(lines.begin() + 2);
    home.set_lines(lines);

    CHECK(faults_in(home, witnesses) == std::vector<Found>{{Kind::removed, 3, 3}});
  }
}
