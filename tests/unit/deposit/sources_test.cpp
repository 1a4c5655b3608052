#include "pes/deposit.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

using pes::ErrorCode;
using pes::deposit::Presence;
using pes::deposit::Source;
using pes::test::Scratch;
using pes::test::write;

namespace {

std::vector<std::string> names(const std::vector<Source>& sources) {
  std::vector<std::string> result;
  for (const Source& source : sources) result.push_back(source.path.filename().native());
  return result;
}

void set_time(const std::filesystem::path& path, std::time_t seconds) {
  const struct timespec times[2] = {{seconds, 0}, {seconds, 0}};
  REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
}

}  // namespace

TEST_SUITE("deposit") {
  TEST_CASE("flows, ZIPs and folders are found by name, and nothing else") {
    const Scratch scratch;
    const auto& in = scratch.path();
    for (const char* name : {"b.xml", "a.XML", "c.zip", "d.txt", ".e.xml", "f.xml.part"}) {
      write(in / name, "x");
    }
    for (const char* name : {"lot", "done"}) std::filesystem::create_directory(in / name);
    std::filesystem::create_symlink("/etc/passwd", in / "g.xml");

    const auto sources = pes::deposit::sources_in(in, {in / "done"});

    CHECK(names(sources) == std::vector<std::string>{"a.XML", "b.xml", "c.zip", "lot"});
    CHECK(sources[0].kind == Source::Kind::flow);
    CHECK(sources[2].kind == Source::Kind::zip);
    CHECK(sources[3].kind == Source::Kind::folder);
  }

  TEST_CASE("a folder was last written when the last of its files was") {
    const Scratch scratch;
    std::filesystem::create_directory(scratch.path() / "lot");
    write(scratch.path() / "lot" / "a.xml", "x");
    set_time(scratch.path() / "lot" / "a.xml", 1'900'000'000);
    set_time(scratch.path() / "lot", 1'000'000'000);

    const auto sources = pes::deposit::sources_in(scratch.path(), {});

    CHECK(sources.at(0).last_written == pes::Instant(std::chrono::seconds(1'900'000'000)));
  }

  TEST_CASE("a file that a person names is a flow, whatever its name") {
    const Scratch scratch;
    write(scratch.path() / "mars.txt", "x");
    std::filesystem::create_symlink("mars.txt", scratch.path() / "lien");

    CHECK(pes::deposit::source_at(scratch.path() / "lien").kind == Source::Kind::flow);
    CHECK(pes::test::refusal([&] {
            pes::deposit::source_at(scratch.path() / "absent.xml");
          }).code() == ErrorCode::file_unknown);
  }

  TEST_CASE("a source that is replaced, written again or taken away is not what it was") {
    const Scratch scratch;
    const auto file = scratch.path() / "a.xml";
    write(file, "one");
    set_time(file, 1'000'000'000);
    const Source source = pes::deposit::source_at(file);
    CHECK(pes::deposit::presence_of(source) == Presence::as_it_was);

    SUBCASE("replaced by another of the same size and time") {
      write(scratch.path() / "b.xml", "two");
      set_time(scratch.path() / "b.xml", 1'000'000'000);
      std::filesystem::rename(scratch.path() / "b.xml", file);
      CHECK(pes::deposit::presence_of(source) == Presence::changed);
    }
    SUBCASE("written in place") {
      write(file, "two");
      CHECK(pes::deposit::presence_of(source) == Presence::changed);
    }
    SUBCASE("taken away") {
      std::filesystem::remove(file);
      CHECK(pes::deposit::presence_of(source) == Presence::gone);
    }
  }

  TEST_CASE("a folder is what it was as long as its files are") {
    const Scratch scratch;
    const auto folder = scratch.path() / "lot";
    std::filesystem::create_directory(folder);
    write(folder / "a.xml", "one");
    set_time(folder / "a.xml", 1'000'000'000);
    const auto sources = pes::deposit::sources_in(scratch.path(), {});
    CHECK(pes::deposit::presence_of(sources.at(0)) == Presence::as_it_was);

    SUBCASE("a file written in place") { write(folder / "a.xml", "two"); }
    SUBCASE("a file more") { write(folder / "b.xml", "two"); }

    CHECK(pes::deposit::presence_of(sources.at(0)) == Presence::changed);
  }

  TEST_CASE("a folder that is not there is told") {
    CHECK(pes::test::refusal([&] { pes::deposit::sources_in("/absent", {}); }).code() ==
          ErrorCode::file_unknown);
  }
}
