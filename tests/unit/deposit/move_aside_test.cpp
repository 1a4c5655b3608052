#include "pes/deposit.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

using pes::ErrorCode;
using pes::deposit::move_aside;
using pes::test::content;
using pes::test::Scratch;
using pes::test::write;

namespace {

class Place {
 public:
  Place() { std::filesystem::create_directory(done()); }
  [[nodiscard]] std::filesystem::path done() const { return path("done"); }
  [[nodiscard]] std::filesystem::path path(const std::string& name) const {
    return scratch_.path() / name;
  }

 private:
  Scratch scratch_;
};

}  // namespace

TEST_SUITE("deposit") {
  TEST_CASE("a file is moved, and nothing that has its name is replaced") {
    const Place place;
    for (const char* bytes : {"one", "two", "three"}) {
      write(place.path("a.xml"), bytes);
      (void)move_aside(place.path("a.xml"), place.done());
    }

    CHECK_FALSE(std::filesystem::exists(place.path("a.xml")));
    CHECK(content(place.done() / "a.xml") == "one");
    CHECK(content(place.done() / "a-1.xml") == "two");
    CHECK(content(place.done() / "a-2.xml") == "three");
  }

  TEST_CASE("a folder is moved whole, and keeps its name or takes a number") {
    const Place place;
    for (const char* bytes : {"one", "two"}) {
      std::filesystem::create_directory(place.path("lot.mars"));
      write(place.path("lot.mars") / "a.xml", bytes);
      (void)move_aside(place.path("lot.mars"), place.done());
    }

    CHECK(content(place.done() / "lot.mars" / "a.xml") == "one");
    CHECK(content(place.done() / "lot.mars-1" / "a.xml") == "two");
  }

  TEST_CASE("what is gone already is told") {
    const Place place;

    CHECK(pes::test::refusal([&] { move_aside(place.path("gone.xml"), place.done()); }).code() ==
          ErrorCode::file_unknown);
  }

  TEST_CASE("a place to move to is a folder of the same file system") {
    const Place place;

    CHECK_NOTHROW(pes::deposit::require_place_beside(place.done(), place.path(".")));
    CHECK(pes::test::refusal([&] {
            pes::deposit::require_place_beside(place.path("absent"), place.path("."));
          }).code() == ErrorCode::file_unknown);
    CHECK(pes::test::refusal([&] {
            pes::deposit::require_place_beside("/proc", place.path("."));
          }).code() == ErrorCode::usage);
  }
}
