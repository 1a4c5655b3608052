#include "contract/journal_contract.hpp"
#include "pes/adapters.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

TEST_SUITE("contract") {
  TEST_CASE("the journal in a file keeps the contract of journals") {
    const pes::test::Scratch scratch;
    pes::create_home(scratch.path() / "home");

    pes::test::journal_contract([&] { return pes::make_file_journal(scratch.path() / "home"); });
  }
}
