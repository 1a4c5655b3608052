#include "deposit/zip_file.hpp"

#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "unit/deposit/zip_maker.hpp"

#include <doctest/doctest.h>

using pes::ErrorCode;
using pes::deposit::Limits;
using pes::deposit::Unpacked;
using pes::test::content;
using pes::test::make_zip;
using pes::test::refusal;
using pes::test::ZipEntry;

namespace {

/// A ZIP, and a folder into which it is unpacked.
class Place {
 public:
  Place() { std::filesystem::create_directory(folder()); }
  [[nodiscard]] std::filesystem::path zip() const { return scratch_.path() / "lot.zip"; }
  [[nodiscard]] std::filesystem::path folder() const { return scratch_.path() / "unpacked"; }
  [[nodiscard]] std::vector<Unpacked> unpack(const Limits& limits = {}) const {
    return pes::deposit::unpack(zip(), folder(), limits);
  }
  [[nodiscard]] pes::Error refused(const Limits& limits = {}) const {
    return refusal([&] { (void)unpack(limits); });
  }
  /// Nothing is outside of the folder but the ZIP.
  [[nodiscard]] bool kept_inside() const {
    for (const auto& entry : std::filesystem::directory_iterator(scratch_.path())) {
      if (entry.path() != zip() && entry.path() != folder()) return false;
    }
    return true;
  }

 private:
  pes::test::Scratch scratch_;
};

std::string without_last_bytes(const std::string& bytes, std::size_t count) {
  return bytes.substr(0, bytes.size() - count);
}

}  // namespace

TEST_SUITE("deposit") {
  TEST_CASE("files come out byte for byte, under names of our own") {
    const Place place;
    make_zip(place.zip(), {{"lot/a.xml", "one"}, {"lot/été.xml", std::string(200'000, 'x')}});

    const auto files = place.unpack();

    REQUIRE(files.size() == 2);
    CHECK(files[0].name == "lot/a.xml");
    CHECK(content(files[0].path) == "one");
    CHECK(files[1].name == "lot/été.xml");
    CHECK(content(files[1].path) == std::string(200'000, 'x'));
    CHECK(files[0].path.parent_path() == place.folder());
  }

  TEST_CASE("a name that leads outside is refused, however it is written") {
    for (const char* name :
         {"../a.xml", "/etc/a.xml", "lot/../../a.xml", "..\\a.xml", "C:\\a.xml"}) {
      CAPTURE(name);
      const Place place;
      make_zip(place.zip(), {{name, "x"}});

      const pes::Error error = place.refused();

      CHECK(error.code() == ErrorCode::input_invalid);
      CHECK(place.kept_inside());
    }
  }

  TEST_CASE("a link is refused") {
    const Place place;
    make_zip(place.zip(), {{.name = "a.xml", .content = "/etc/passwd", .is_link = true}});

    CHECK(place.refused().code() == ErrorCode::input_invalid);
  }

  TEST_CASE("an encrypted file is told to be encrypted") {
    const Place place;
    make_zip(place.zip(), {{"a.xml", "secret"}}, "motdepasse");

    const pes::Error error = place.refused();

    CHECK(error.code() == ErrorCode::input_invalid);
    CHECK(error.message().find("encrypted") != std::string::npos);
    CHECK(error.message().find("a.xml") != std::string::npos);
  }

  TEST_CASE("what comes out is bounded, whatever the ZIP announces") {
    const Place place;
    const std::string zeros(3'000'000, '\0');  // some thousand bytes in the ZIP
    make_zip(place.zip(), {{"a.xml", zeros}, {"b.xml", zeros}});

    SUBCASE("each file") {
      CHECK(place.refused({.max_file = 1'000'000}).code() == ErrorCode::input_too_large);
    }
    SUBCASE("all of them") {
      CHECK(place.refused({.max_file = 4'000'000, .max_total = 4'000'000}).code() ==
            ErrorCode::input_too_large);
    }
    SUBCASE("their number") {
      CHECK(place.refused({.max_files = 1}).code() == ErrorCode::input_too_large);
    }
  }

  TEST_CASE("what is no ZIP, or is damaged, is said so") {
    const Place place;
    std::string varied;
    for (int number = 0; number < 5000; ++number) varied += std::to_string(number);
    make_zip(place.zip(), {{"a.xml", varied}});
    const std::string whole = content(place.zip());

    SUBCASE("text") { pes::test::write(place.zip(), "Mandats de mars\n"); }
    SUBCASE("cut in its data") {
      pes::test::write(place.zip(), without_last_bytes(whole, whole.size() - 60));
    }
    SUBCASE("other bytes than those that were packed") {
      std::string other = whole;
      other[whole.size() / 2] = static_cast<char>(other[whole.size() / 2] ^ 0x55);
      pes::test::write(place.zip(), other);
    }

    CHECK(place.refused().code() == ErrorCode::input_invalid);
  }

  TEST_CASE("an empty file and an empty ZIP hold nothing to deposit") {
    const Place place;
    make_zip(place.zip(), {});
    CHECK(place.refused().code() == ErrorCode::input_empty);

    pes::test::write(place.zip(), "");
    const ErrorCode code = place.refused().code();
    CHECK((code == ErrorCode::input_empty || code == ErrorCode::input_invalid));
  }

  TEST_CASE("a name that stands twice is refused") {
    const Place place;
    make_zip(place.zip(), {{"a.xml", "one"}, {"a.xml", "two"}});

    CHECK(place.refused().code() == ErrorCode::input_invalid);
  }
}
