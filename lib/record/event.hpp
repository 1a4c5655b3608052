#pragma once

#include "pes/event.hpp"
#include "record/source.hpp"

#include <string>
#include <string_view>

namespace pes::record {

/// A line of pes-journal(5) without its line feed; keys in a fixed order. `sha256` is not
/// in it.
std::string write_event(const Event& event);
/// `sha256` is computed from the line.
Event read_event(std::string_view line, const Source& source);

}  // namespace pes::record
