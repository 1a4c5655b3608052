#include "support/file.hpp"

#include "pes/error.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

TEST_SUITE("support") {
  TEST_CASE("a replaced file holds the new bytes and no temporary stays") {
    const pes::test::Scratch scratch;
    const auto path = scratch.path() / "state.json";

    pes::replace_file(path, "one");
    pes::replace_file(path, "two");

    CHECK(pes::read_file(path, 100) == "two");
    CHECK(std::distance(std::filesystem::directory_iterator(scratch.path()), {}) == 1);
  }

  TEST_CASE("a pending file that is not committed leaves nothing") {
    const pes::test::Scratch scratch;
    {
      pes::PendingFile file(scratch.path() / "archive");
      file.write("half");
    }

    CHECK(std::filesystem::is_empty(scratch.path()));
  }

  TEST_CASE("a file larger than the bound is refused") {
    const pes::test::Scratch scratch;
    const auto path = scratch.path() / "large";
    pes::replace_file(path, std::string(101, 'x'));

    CHECK_THROWS_AS(pes::read_file(path, 100), pes::Error);
  }

  TEST_CASE("a missing file is unknown, a folder cannot be read") {
    const pes::test::Scratch scratch;
    const auto code = [](const std::filesystem::path& path) {
      try {
        pes::open_for_reading(path);
      } catch (const pes::Error& error) {
        return error.code();
      }
      return pes::ErrorCode::internal;
    };

    CHECK(code(scratch.path() / "absent") == pes::ErrorCode::file_unknown);
    CHECK(code(scratch.path()) == pes::ErrorCode::io_failed);
  }
}
