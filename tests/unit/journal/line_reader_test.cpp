#include "adapter/journal/line_reader.hpp"

#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using pes::journal::LineReader;

namespace {

/// The lengths of the lines read, -1 for one that is too long.
std::vector<int> lengths_of(const std::string& bytes) {
  const pes::test::Scratch scratch;
  pes::replace_file(scratch.path() / "file", bytes);
  const pes::FileDescriptor file = pes::open_for_reading(scratch.path() / "file");
  LineReader reader(file, scratch.path() / "file", 0, bytes.size());
  std::vector<int> lengths;
  while (const auto line = reader.next()) {
    CHECK(line->offset <= reader.position());
    lengths.push_back(line->too_long ? -1 : static_cast<int>(line->bytes.size()));
  }
  return lengths;
}

}  // namespace

TEST_SUITE("journal") {
  TEST_CASE("lines are read whatever their length against the blocks of the file") {
    CHECK(lengths_of("").empty());
    CHECK(lengths_of("no end").empty());
    CHECK(lengths_of("a\n\nbb\nrest") == std::vector{1, 0, 2});
    for (const int length : {65534, 65535, 65536, 65537, 200000}) {
      const std::string line(static_cast<std::size_t>(length), 'x');
      CHECK(lengths_of(line + "\n" + line + "\nb\n") == std::vector{length, length, 1});
    }
  }

  TEST_CASE("a line beyond the bound is passed over and the next one is read") {
    const std::string longest(pes::journal::longest_line - 1, 'x');

    CHECK(lengths_of("a\n" + longest + "\nb\n") ==
          std::vector{1, static_cast<int>(longest.size()), 1});
    CHECK(lengths_of("a\n" + longest + "x\nb\n") == std::vector{1, -1, 1});
    CHECK(lengths_of("a\n" + longest + longest + longest + "\nb\n") == std::vector{1, -1, 1});
  }

  TEST_CASE("the position is where the next line begins") {
    const pes::test::Scratch scratch;
    pes::replace_file(scratch.path() / "file", "one\ntwo\nthree\n");
    const pes::FileDescriptor file = pes::open_for_reading(scratch.path() / "file");
    LineReader reader(file, scratch.path() / "file", 4, 8);

    const auto line = reader.next();

    REQUIRE(line.has_value());
    CHECK(line->bytes == "two");
    CHECK(line->offset == 4);
    CHECK(reader.position() == 8);
    CHECK_FALSE(reader.next().has_value());
    CHECK(reader.position() == 8);
  }
}
