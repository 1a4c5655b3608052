#pragma once

#include "pes/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pes::ui {

/// For people, in the system's zone: `02/03/2022 15:48:08`.
std::string local_date_time(Instant instant);
/// For people: `02/03/2022`.
std::string local_date(Instant instant);
/// For machines: `2022-03-02T14:48:08Z`.
std::string iso8601(Instant instant);
/// As Pastell's journal writes them: `2022-03-02 15:48:08`, in the system's zone.
std::string pastell_date(Instant instant);

/// Which end of a day a date alone stands for.
enum class DayEdge { first_second, last_second };
/// `2022-03-02`, that day in local time, or `2022-03-02T14:48:08Z` (or an offset).
std::optional<Instant> parse_moment(std::string_view text, DayEdge edge);

/// `90s`, `5m`, `2h`, `1d`, or seconds alone.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

}  // namespace pes::ui
