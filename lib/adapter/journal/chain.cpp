#include "adapter/journal/chain.hpp"

#include "pes/error.hpp"
#include "record/event.hpp"
#include "support/text.hpp"

#include <utility>

namespace pes::journal {

namespace {

void require_length(std::size_t length) {
  if (length <= longest_line) return;
  throw Error(ErrorCode::input_too_large,
              say("an event of {1} bytes is too large for the journal, which takes {2}",
                  {std::to_string(length), std::to_string(longest_line)}));
}

}  // namespace

record::Source journal_source(std::function<std::string()> name, const char* hint) {
  return {.name = std::move(name),
          .damaged = ErrorCode::journal_damaged,
          .newer = ErrorCode::journal_newer,
          .hint = hint};
}

Event read_line(const Line& line, const record::Source& source) {
  if (line.too_long) {
    record::throw_damaged(
        source, say("{1} is longer than {2} bytes", {source.name(), std::to_string(longest_line)}));
  }
  return record::read_event(line.bytes, source);
}

Link link_of(const Line& line, std::uint64_t number) {
  try {
    const Event event = read_line(
        line, journal_source([number] { return say("line {1}", {std::to_string(number)}); }));
    return {.line = number, .id_j = event.id_j, .previous = event.previous, .sha256 = event.sha256};
  } catch (const Error& error) {
    return {.line = number, .problem = error.message()};
  }
}

Event chained(Event event, const Tail& tail) {
  event.id_j = tail.id_j + 1;
  event.previous = tail.sha256;
  const std::string line = record::write_event(event);
  require_length(line.size() + 1);
  return record::read_event(line, record::written(tr("the event to be journaled")));
}

Tail after(const Tail& tail, const Event& event) {
  return {.id_j = event.id_j, .sha256 = event.sha256, .end = tail.end + event.line.size() + 1};
}

Tail after(Tail tail, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    const std::string number = std::to_string(tail.id_j + 1);
    const record::Source source = journal_source([&] { return say("event {1}", {number}); });
    require_length(line.size() + 1);
    const Event event = record::read_event(line, source);
    if (event.id_j != tail.id_j + 1 || event.previous != tail.sha256) {
      record::throw_damaged(source, say("{1} does not follow the line before it", {source.name()}));
    }
    tail = after(tail, event);
  }
  return tail;
}

}  // namespace pes::journal
