#pragma once

#include "adapter/journal/line_reader.hpp"
#include "pes/event.hpp"
#include "record/source.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// How events become the lines of one chain, wherever these are kept.
namespace pes::journal {

/// What the next event is chained to.
struct Tail {
  std::uint64_t id_j = 0;
  std::string sha256{no_digest};
  std::uint64_t end = 0;  // position after the last complete line
};

/// A line as the chain sees it.
struct Link {
  std::uint64_t line = 0;  // from 1
  std::uint64_t id_j = 0;
  std::string previous;
  std::string sha256;
  std::string problem;  // why it cannot be read; empty when it can
};

/// How errors name a line. @param hint what to do about damage; null: restore the file
record::Source journal_source(std::function<std::string()> name, const char* hint = nullptr);

Event read_line(const Line& line, const record::Source& source);
Link link_of(const Line& line, std::uint64_t number);

/// The event with its number and its digests, as its line will be read. Throws input_too_large.
Event chained(Event event, const Tail& tail);
/// The tail once that event was added.
Tail after(const Tail& tail, const Event& event);
/// The tail once these lines were added, which must follow it. Throws journal_damaged.
Tail after(Tail tail, const std::vector<std::string>& lines);

}  // namespace pes::journal
