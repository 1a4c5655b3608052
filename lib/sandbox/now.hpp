#pragma once

#include "pes/time.hpp"
#include "sandbox/layout.hpp"

#include <chrono>

namespace pes::sandbox {

inline Instant now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// The instant that the file `clock` of the sandbox says, for tests that must not depend on
/// the true one; without the file, now. Throws config_invalid.
Instant now_in(const Layout& layout);

}  // namespace pes::sandbox
