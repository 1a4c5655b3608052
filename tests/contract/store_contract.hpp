#pragma once

#include "contract/journal_contract.hpp"
#include "pes/port/store.hpp"

#include <functional>
#include <memory>

namespace pes::test {

/// Opens the one store of the test, empty at first; called again it opens it once more,
/// also in another process.
using OpenStore = std::function<std::unique_ptr<port::Store>()>;

/// What every store promises (pes/port/store.hpp), as subcases of the test case that calls
/// it. An adapter writes factories, not tests.
/// @param open_journal the journal of the same home, empty at first
void store_contract(const OpenStore& open, const OpenJournal& open_journal);

}  // namespace pes::test
