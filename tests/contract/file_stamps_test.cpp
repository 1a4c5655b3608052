#include "contract/stamps_contract.hpp"
#include "pes/adapters.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

TEST_SUITE("contract") {
  TEST_CASE("the time stamps in a file keep the contract of time stamps") {
    const pes::test::Scratch scratch;
    pes::create_home(scratch.path() / "home");

    pes::test::stamps_contract([&] { return pes::make_file_stamps(scratch.path() / "home"); });
  }
}
