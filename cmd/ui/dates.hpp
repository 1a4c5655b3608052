#pragma once

#include "pes/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pes::ui {

/// As Pastell's journal writes them: `2022-03-02 15:48:08`, in the system's zone.
std::string pastell_date(Instant instant);

/// The day on which an instant falls in the system's zone.
std::chrono::sys_days local_day(Instant instant);
/// `02/03/2022`
std::string day_text(std::chrono::sys_days day);

/// Which end of a day a date alone stands for.
enum class DayEdge { first_second, last_second };
/// `2022-03-02`, that day in local time, or `2022-03-02T14:48:08Z` (or an offset).
std::optional<Instant> parse_moment(std::string_view text, DayEdge edge);

}  // namespace pes::ui
