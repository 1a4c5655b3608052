#pragma once

#include "pes/time.hpp"

#include <chrono>

namespace pes::sandbox {

inline Instant now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace pes::sandbox
