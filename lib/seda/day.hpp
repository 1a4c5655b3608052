#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pes::seda {

/// A date of a PES, `2017-06-09`; nothing when it is none.
std::optional<std::chrono::sys_days> parse_day(std::string_view text);

/// `2017-06-09`
std::string day_text(std::chrono::sys_days day);

/// The first instant of that day in metropolitan France: `2017-06-09T00:00:00+02:00`. Summer
/// time is that of Directive 2000/84/EC, in force for every PES V2.
std::string french_midnight(std::chrono::sys_days day);

}  // namespace pes::seda
