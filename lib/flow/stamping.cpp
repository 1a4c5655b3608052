#include "pes/flow.hpp"

#include <optional>

namespace pes::flow {

namespace {

/// The next line to be stamped, and where the one after it begins.
struct Next {
  Event event;
  std::uint64_t position = 0;
};

/// The first stamp ever is that of the last line: by the chain, it vouches for all before it.
std::optional<Next> last_line(const port::Journal& journal) {
  std::optional<Event> last;
  const std::uint64_t end = journal.visit(0, [&](const Event& event) {
    last = event;
    return true;
  });
  if (!last) return std::nullopt;
  return Next{*last, end};
}

std::optional<Next> line_at(const port::Journal& journal, std::uint64_t position) {
  std::optional<Event> found;
  const std::uint64_t after = journal.visit(position, [&](const Event& event) {
    found = event;
    return false;
  });
  if (!found) return std::nullopt;
  return Next{*found, after};
}

std::optional<Next> next_unstamped(const port::Journal& journal, const port::Stamps& stamps) {
  const std::optional<port::Stamp> last = stamps.last();
  return last ? line_at(journal, last->position) : last_line(journal);
}

}  // namespace

StampReport stamp_events(Services& services, port::Tsa& tsa) {
  StampReport report;
  try {
    while (!services.clock.is_over()) {
      const auto next = next_unstamped(services.journal, services.stamps);
      if (!next) break;
      services.stamps.keep({.id_j = next->event.id_j,
                            .sha256 = next->event.sha256,
                            .position = next->position,
                            .reply = tsa.stamp(next->event.sha256)});
      ++report.stamped;
    }
  } catch (const Error& error) {
    report.error = error;
  }
  report.waiting = events_without_stamp(services.journal, services.stamps);
  return report;
}

std::size_t events_without_stamp(const port::Journal& journal, const port::Stamps& stamps) {
  const std::optional<port::Stamp> last = stamps.last();
  if (!last) return journal.position() == 0 ? 0 : 1;
  std::size_t count = 0;
  journal.visit(last->position, [&](const Event&) {
    ++count;
    return true;
  });
  return count;
}

}  // namespace pes::flow
