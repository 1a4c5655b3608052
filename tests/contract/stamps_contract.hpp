#pragma once

#include "pes/port/stamps.hpp"

#include <functional>
#include <memory>

namespace pes::test {

/// Opens the one collection of time stamps of the test, empty at first; called again it opens it
/// once more.
using OpenStamps = std::function<std::unique_ptr<port::Stamps>()>;

/// What every collection of time stamps promises (pes/port/stamps.hpp), as subcases of the test
/// case that calls it. An adapter writes a factory, not tests.
void stamps_contract(const OpenStamps& open);

}  // namespace pes::test
