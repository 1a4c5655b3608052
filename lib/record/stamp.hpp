#pragma once

#include "pes/port/stamps.hpp"
#include "record/source.hpp"

#include <string>
#include <string_view>

namespace pes::record {

/// A line of `stamps.jsonl`, without its line feed (pes-journal(5)).
std::string write_stamp(const port::Stamp& stamp);
/// Throws the source's `damaged` or `newer`.
port::Stamp read_stamp(std::string_view line, const Source& source);

}  // namespace pes::record
