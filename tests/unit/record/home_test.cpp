#include "record/home.hpp"

#include "pes/adapters.hpp"
#include "support/file.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

using pes::test::refusal;

namespace {

unsigned mode_of(const std::filesystem::path& path) {
  struct stat facts {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  return facts.st_mode & 0777U;
}

}  // namespace

TEST_SUITE("record") {
  TEST_CASE("a home is made with the folders above it, for its owner alone") {
    const pes::test::Scratch scratch;
    const auto home = scratch.path() / "share" / "pes";

    pes::create_home(home);

    CHECK_NOTHROW(pes::record::require_home(home));
    CHECK(pes::read_file(home / "home.json", 100) == "{\n  \"schema\": \"pes.home/1\"\n}\n");
    CHECK(mode_of(home) == 0700);
    CHECK(mode_of(home / "dossiers") == 0700);
    CHECK(mode_of(home / "journal") == 0700);
    CHECK(mode_of(home / "home.json") == 0600);
    CHECK(mode_of(home / "journal" / "journal.jsonl") == 0600);
  }

  TEST_CASE("a home is not made twice") {
    const pes::test::Scratch scratch;
    pes::create_home(scratch.path());

    const pes::Error error = refusal([&] { pes::create_home(scratch.path()); });

    CHECK(error.code() == pes::ErrorCode::state_forbids);
  }

  TEST_CASE("a home whose making was interrupted is completed, and keeps what it has") {
    const pes::test::Scratch scratch;
    pes::create_home(scratch.path());
    pes::replace_file(scratch.path() / "journal" / "journal.jsonl", "kept\n");
    std::filesystem::remove(scratch.path() / "home.json");

    pes::create_home(scratch.path());

    CHECK(pes::read_file(scratch.path() / "journal" / "journal.jsonl", 100) == "kept\n");
  }

  TEST_CASE("where a home lives is read as it was written, by the first version too") {
    using Kind = pes::Residence::Kind;
    const pes::test::Scratch scratch;
    const auto& home = scratch.path();
    CHECK(pes::record::residence(home) == pes::Residence{});

    for (const Kind kind : {Kind::leaving, Kind::left, Kind::arriving}) {
      const pes::Residence residence{.kind = kind, .place = "postgresql://db.example.org/pes"};
      pes::record::set_residence(home, residence);
      CHECK(pes::record::residence(home) == residence);
    }
    pes::record::set_residence(home, {});
    CHECK_FALSE(std::filesystem::exists(home / "moved.json"));

    pes::replace_file(home / "moved.json", R"({"schema": "pes.moved/1", "to": "elsewhere"})");
    CHECK(pes::record::residence(home) == pes::Residence{.kind = Kind::left, .place = "elsewhere"});
    pes::replace_file(home / "moved.json",
                      R"({"schema": "pes.moved/2", "residence": "lost", "place": "elsewhere"})");
    CHECK(refusal([&] { (void)pes::record::residence(home); }).code() ==
          pes::ErrorCode::state_damaged);
  }

  TEST_CASE("a folder that is no home is told, with what to do") {
    const pes::test::Scratch scratch;

    const pes::Error error = refusal([&] { pes::record::require_home(scratch.path()); });

    CHECK(error.code() == pes::ErrorCode::home_unknown);
    CHECK(error.hint().find("pes init") != std::string::npos);
  }

  TEST_CASE("a home of a newer version, or that is none, is refused") {
    const pes::test::Scratch scratch;
    const auto code_of_marker = [&](std::string_view marker) {
      pes::replace_file(scratch.path() / "home.json", marker);
      return refusal([&] { pes::record::require_home(scratch.path()); }).code();
    };

    CHECK(code_of_marker(R"({"schema":"pes.home/2"})") == pes::ErrorCode::state_newer);
    CHECK(code_of_marker(R"({"schema":"other/1"})") == pes::ErrorCode::state_damaged);
    CHECK(code_of_marker("") == pes::ErrorCode::state_damaged);
  }

  TEST_CASE("a home that cannot be made is told and leaves no marker") {
    const pes::test::Scratch scratch;
    pes::replace_file(scratch.path() / "dossiers", "a file in the way");

    const pes::Error error = refusal([&] { pes::create_home(scratch.path()); });

    CHECK(error.code() == pes::ErrorCode::io_failed);
    CHECK_FALSE(std::filesystem::exists(scratch.path() / "home.json"));
  }
}
