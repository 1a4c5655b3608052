#include "pes/port/stamps.hpp"

#include "pes/adapters.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

using pes::ErrorCode;
using pes::port::Stamp;
using namespace pes::test;

namespace {

struct Home {
  Home() { pes::create_home(path()); }
  [[nodiscard]] std::filesystem::path path() const { return scratch.path() / "home"; }
  [[nodiscard]] std::filesystem::path file() const { return path() / "journal" / "stamps.jsonl"; }
  [[nodiscard]] std::unique_ptr<pes::port::Stamps> open() const {
    return pes::make_file_stamps(path());
  }
  [[nodiscard]] std::vector<std::uint64_t> kept() const {
    std::vector<std::uint64_t> ids;
    open()->visit(0, [&](const Stamp& stamp) {
      ids.push_back(stamp.id_j);
      return true;
    });
    return ids;
  }

  Scratch scratch;
};

Stamp stamp(std::uint64_t id_j) {
  return {.id_j = id_j,
          .sha256 = std::string(64, 'a'),
          .position = 100 * id_j,
          .reply = std::string("\x30\x00\xff\n", 4)};
}

}  // namespace

TEST_SUITE("stamps") {
  TEST_CASE("a home that never stamped has none, and no file") {
    const Home home;

    CHECK_FALSE(home.open()->last().has_value());
    CHECK(home.kept().empty());
    CHECK_FALSE(std::filesystem::exists(home.file()));
  }

  TEST_CASE("a line cut by death was never acknowledged: the next one takes its place") {
    const Home home;
    home.open()->keep(stamp(7));
    const std::string whole = content(home.file());
    write(home.file(), whole + whole.substr(0, whole.size() / 2));

    CHECK(home.kept() == std::vector<std::uint64_t>{7});
    home.open()->keep(stamp(8));

    CHECK(home.kept() == std::vector<std::uint64_t>{7, 8});
  }

  TEST_CASE("a line that is damaged or newer is named") {
    const Home home;
    home.open()->keep(stamp(7));
    const std::string whole = content(home.file());
    const auto code = [&](const std::string& bytes) {
      write(home.file(), bytes);
      const pes::Error error = refusal([&] { return home.kept(); });
      CHECK(error.message().find("stamps.jsonl:1") != std::string::npos);
      CHECK(refusal([&] { return home.open()->last(); }).code() == error.code());
      return error.code();
    };

    CHECK(code("no json\n") == ErrorCode::journal_damaged);
    CHECK(code("{}\n") == ErrorCode::journal_damaged);
    std::string newer = whole;
    newer.replace(newer.find("pes.stamp/1"), 11, "pes.stamp/2");
    CHECK(code(newer) == ErrorCode::journal_newer);
    std::string other = whole;
    other.replace(other.find("MAD"), 3, "%%%");
    CHECK(code(other) == ErrorCode::journal_damaged);
  }
}
