#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace pes::ui {

/// Numbers as people of the reader's language write them; the JSON never does.

/// « 12 345 »
std::string count_text(std::uint64_t count);
/// « 12 % », of a whole that is not zero; « <1 % » and « >99 % » rather than
/// nothing or all when it is neither.
std::string percent_text(std::uint64_t part, std::uint64_t whole);
/// « 4,2 Mo », in powers of a thousand.
std::string size_text(std::uint64_t bytes);
/// « 4,2/s »
std::string pace_text(double per_second);
/// « 45 s », « 12 min », « 3 h 20 min », « 2 j 4 h »: two units at most, rounded down.
std::string duration_text(std::chrono::seconds duration);

}  // namespace pes::ui
