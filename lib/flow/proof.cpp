#include "pes/flow.hpp"
#include "support/encoding.hpp"

#include <nlohmann/json.hpp>

#include <map>

namespace pes::flow {

namespace {

constexpr std::size_t most_events = 10'000;

using Json = nlohmann::ordered_json;
using Replies = std::map<std::uint64_t, std::string>;  // by id_j

std::vector<Event> events_of(const port::Journal& journal, const DossierId& id,
                             std::uint64_t first) {
  std::vector<Event> events;
  journal.visit_dossier(id, first, [&](const Event& event) {
    events.push_back(event);
    return events.size() < most_events;
  });
  return events;
}

Replies replies_about(const std::vector<Event>& events, const port::Stamps& stamps) {
  Replies replies;
  if (events.empty()) return replies;
  for (const Event& event : events) replies[event.id_j];
  stamps.visit(events.front().id_j, [&](const port::Stamp& stamp) {
    const auto wanted = replies.find(stamp.id_j);
    if (wanted != replies.end()) wanted->second = stamp.reply;
    return stamp.id_j < events.back().id_j;
  });
  return replies;
}

/// The columns are the line's own, as it is written.
std::string row(const Event& event, const std::string& reply) {
  const auto stamp = read_time_stamp(reply);
  const Json proof{{"sha256", event.sha256},
                   {"ligne", event.line},
                   {"preuve", reply.empty() ? Json() : Json(base64(as_bytes(reply)))},
                   {"date_horodatage", stamp ? Json(iso8601(stamp->time)) : Json()}};
  return event.line.substr(0, event.line.size() - 1) + "," + proof.dump().substr(1);
}

}  // namespace

std::string proof_bundle(const port::Journal& journal, const port::Stamps& stamps,
                         const DossierId& id, std::uint64_t first) {
  const std::vector<Event> events = events_of(journal, id, first);
  const Replies replies = replies_about(events, stamps);
  std::string bundle = "[";
  for (const Event& event : events) {
    bundle += bundle.size() == 1 ? "\n" : ",\n";
    bundle += row(event, replies.at(event.id_j));
  }
  return bundle + "\n]\n";
}

}  // namespace pes::flow
