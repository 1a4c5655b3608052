#pragma once

#include "pes/port/retours.hpp"

#include <functional>
#include <memory>

namespace pes::test {

/// Opens the one store of PES Retours of the test, empty at first; called again it opens it once
/// more, also in another process.
using OpenRetours = std::function<std::unique_ptr<port::Retours>()>;

/// What every store of PES Retours promises (pes/port/retours.hpp), as subcases of the test case
/// that calls it. An adapter writes a factory, not tests.
void retours_contract(const OpenRetours& open);

}  // namespace pes::test
