#pragma once

#include "pes/dossier_type.hpp"
#include "pes/entity.hpp"
#include "pes/event.hpp"
#include "stamping.hpp"
#include "ui/json.hpp"
#include "ui/table.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pes::cmd {

/// Which events are wanted (workflow §3.4). Dates are inclusive.
struct JournalQuery {
  std::optional<DossierId> id_d;
  std::optional<std::string> id_e;  // exact, not its descendants
  std::optional<std::string> document_type;
  std::optional<EventType> event_type;
  std::optional<std::string> user;  // id or name
  std::optional<Instant> from, to;
  std::string text;  // in what Pastell time-stamps; case of ASCII letters does not count
};
bool matches(const JournalQuery& query, const Event& event);

/// Type, entity, user, dossier, action, message, date and document type joined by " - ",
/// as Pastell time-stamps them (workflow §3.1).
std::string message_horodate(const Event& event);

/// By number or label. Throws usage.
EventType parse_event_type(std::string_view text);

/// A row of the journal's screen.
std::vector<ui::Table::Column> journal_columns();
std::vector<std::string> journal_cells(const Event& event, const EntityTree& entities);

/// With the names of Pastell's API (workflow §6.2).
/// @param times of the time stamps, by id_j
ui::Json event_json(const Event& event, const EntityTree& entities, const StampTimes& times);

/// The export of Pastell's API (workflow §3.5): commas, UTF-8, one line an event.
std::string csv_header();
std::string csv_line(const Event& event, const EntityTree& entities, const StampTimes& times);

}  // namespace pes::cmd
