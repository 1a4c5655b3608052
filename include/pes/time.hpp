#pragma once

#include "pes/export.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pes {

/// Times inside are UTC, with Pastell's resolution of one second.
using Instant = std::chrono::sys_seconds;

/// For machines: `2026-01-05T13:45:00Z`.
PES_EXPORT std::string iso8601(Instant instant);
/// For people, in the system's zone: `05/01/2026 14:45:00`.
PES_EXPORT std::string local_date_time(Instant instant);
/// For people, in the system's zone: `05/01/2026`.
PES_EXPORT std::string local_date(Instant instant);

/// ISO 8601 date and time with `Z` or an offset (`+01:00`); fractions of a second
/// are accepted and dropped. Nothing else: a date alone or a local time is no instant.
PES_EXPORT std::optional<Instant> parse_iso8601(std::string_view text);

/// A span of time as people write it: `90s`, `5m`, `2h`, `1d`, or seconds alone.
PES_EXPORT std::optional<std::chrono::seconds> parse_duration(std::string_view text);

}  // namespace pes
