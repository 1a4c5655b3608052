#pragma once

#include "pes/port/journal.hpp"

#include <functional>
#include <memory>

namespace pes::test {

/// Opens the one journal of the test, empty at first; called again it opens it once more,
/// also in another process.
using OpenJournal = std::function<std::unique_ptr<port::Journal>()>;

/// What every journal promises (pes/port/journal.hpp), as subcases of the test case that
/// calls it. An adapter writes a factory, not tests.
void journal_contract(const OpenJournal& open);

}  // namespace pes::test
