#pragma once

#include "pes/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pes {

/// `2026-01-05T13:45:00Z`
std::string iso8601(Instant instant);

/// ISO 8601 date and time with `Z` or an offset (`+01:00`); fractions of a second
/// are accepted and dropped. Nothing else: a date alone or a local time is no instant.
std::optional<Instant> parse_iso8601(std::string_view text);

/// A span of time as people write it: `90s`, `5m`, `2h`, `1d`, or seconds alone.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

}  // namespace pes
