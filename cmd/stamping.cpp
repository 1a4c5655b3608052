#include "stamping.hpp"

#include "pes/flow.hpp"
#include "ui/language.hpp"

namespace pes::cmd {

namespace {

constexpr const char* sandbox_url = "sandbox:";

std::filesystem::path trusted_file(Session& session) {
  const Settings& settings = session.settings();
  std::filesystem::path file = settings.path("journal.tsa_trust");
  const bool is_sandbox = settings.text("journal.tsa") == sandbox_url;
  if (!file.empty() || !is_sandbox) return file;
  file = session.home() / "sandbox" / "identities" / "ca.pem";
  return std::filesystem::exists(file) ? file : std::filesystem::path();
}

}  // namespace

bool stamp_events(Session& session) {
  // Nothing is opened for nothing.
  if (events_to_stamp(session) == 0) return true;
  const flow::StampReport report =
      flow::stamp_events(session.services(), session.connections().tsa());
  if (report.waiting == 0) return true;
  const std::string count = std::to_string(report.waiting);
  if (report.error) {
    session.console().warning(
        say("events that wait for their time stamp: {1}; {2}", {count, report.error->message()}));
  } else {
    session.console().note(say("events that wait for their time stamp: {1}", {count}));
  }
  return false;
}

std::size_t events_to_stamp(Session& session) {
  if (session.settings().text("journal.tsa").empty()) return 0;
  return flow::events_without_stamp(session.journal(), session.stamps());
}

std::optional<TimeStampAuthorities> time_stamp_authorities(Session& session) {
  const std::filesystem::path file = trusted_file(session);
  if (file.empty()) return std::nullopt;
  return std::optional<TimeStampAuthorities>(std::in_place, file);
}

StampTimes stamp_times(const port::Stamps& stamps, std::uint64_t from) {
  StampTimes times;
  stamps.visit(from, [&](const port::Stamp& stamp) {
    if (const auto read = read_time_stamp(stamp.reply)) times.emplace(stamp.id_j, read->time);
    return true;
  });
  return times;
}

}  // namespace pes::cmd
