#pragma once

#include <chrono>

namespace pes {

/// Times inside are UTC, with Pastell's resolution of one second.
using Instant = std::chrono::sys_seconds;

}  // namespace pes
