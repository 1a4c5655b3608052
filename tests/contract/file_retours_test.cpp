#include "contract/retours_contract.hpp"
#include "pes/adapters.hpp"
#include "pes/retours.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "support/small_disk.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>

namespace {

pes::port::Retour sample(const std::string& id) {
  return {.id = id,
          .tdt = "t",
          .tdt_id = "5",
          .sha256 = std::string(64, 'a'),
          .id_e = "1",
          .rattachement = "compte"};
}

}  // namespace

TEST_SUITE("contract") {
  TEST_CASE("the PES Retours in files keep the contract of their stores") {
    const pes::test::Scratch scratch;
    pes::create_home(scratch.path() / "home");

    pes::test::retours_contract([&] { return pes::make_file_retours(scratch.path() / "home"); });
  }

  TEST_CASE("one that is damaged is told, and hides no other") {
    const pes::test::Scratch scratch;
    pes::create_home(scratch.path());
    const auto retours = pes::make_file_retours(scratch.path());
    for (const char* id : {"1-00000000", "2-00000000", "3-00000000", "4-00000000"}) {
      retours->keep(sample(id), "");
    }
    const std::filesystem::path folder = scratch.path() / "retours";
    pes::test::write(folder / "1-00000000/retour.json", "{");
    pes::test::write(folder / "2-00000000/retour.json", R"({"schema":"pes.retour/2"})");
    std::filesystem::remove(folder / "3-00000000/retour.json");

    std::string read;
    std::string told;
    retours->visit([&](const pes::port::Retour& retour) { read += retour.id; },
                   [&](const std::string& id, const pes::Error& error) {
                     told += id.substr(0, 1) + std::string(pes::id(error.code())) + " ";
                   });

    CHECK(read == "4-00000000");
    CHECK(told.find("1state.damaged") != std::string::npos);
    CHECK(told.find("2state.newer") != std::string::npos);
    CHECK(told.find("3") != std::string::npos);
  }

  TEST_CASE("on a full disk nothing half-written stays") {
    const pes::test::SmallDisk disk("128k");
    if (!disk.is_mounted()) return;
    pes::create_home(disk.path());
    const auto retours = pes::make_file_retours(disk.path());

    const pes::Error error = pes::test::refusal(
        [&] { retours->keep(sample("1-00000000"), std::string(std::size_t{1} << 18U, 'x')); });

    CHECK(error.code() == pes::ErrorCode::io_failed);
    CHECK(std::filesystem::is_empty(disk.path() / "retours"));
  }
}
