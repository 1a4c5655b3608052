#include "contract/store_contract.hpp"
#include "pes/adapters.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

TEST_SUITE("contract") {
  TEST_CASE("the store in files keeps the contract of stores") {
    const pes::test::Scratch scratch;
    pes::create_home(scratch.path() / "home");

    pes::test::store_contract([&] { return pes::make_file_store(scratch.path() / "home"); },
                              [&] { return pes::make_file_journal(scratch.path() / "home"); });
  }
}
