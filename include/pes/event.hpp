#pragma once

#include "pes/dossier.hpp"
#include "pes/export.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pes {

/// Pastell's numbers of event types (workflow §3.2).
enum class EventType : int {
  dossier_action = 1,
  notification = 2,
  entity = 3,
  user = 4,
  mail = 5,
  connection = 6,
  consultation = 7,
  mail_sent = 8,
  failed_attempt = 9,
  batch = 10,
  test = 11,
  custom_type = 12,
  journal = 13,
  command = 14,
};
PES_EXPORT std::string_view label(EventType type);

/// A line of the journal (workflow §3.1).
struct Event {
  std::uint64_t id_j = 0;  // given by the journal
  EventType type = EventType::dossier_action;
  Instant date;
  std::string id_e;  // "0": root or none
  User user;
  DossierId id_d;             // empty: not about a dossier
  std::string document_type;  // DossierType::id, or empty
  std::string titre;          // title of the dossier when it happened
  std::string action;         // an action's identifier, or a word such as « Consulté »
  std::string message;
  std::optional<Change> change;
  std::string attempt;   // id of the attempt this event opens or closes, or empty
  std::string reason;    // stable code of a failure (`service.unreachable`), or empty
  std::string previous;  // SHA-256 of the line before, given by the journal
  std::string sha256;    // of this line; given by the journal, not written in it
  std::string line;      // the very bytes that it is of; likewise
  friend bool operator==(const Event&, const Event&) = default;
};

/// Applies the event's change: fields, files, job, attempt, and the row by the rules
/// of §2.5 (same state, same user: the date of the row moves). Sets modification and
/// id_j. An event without a change still moves id_j.
PES_EXPORT void apply(Dossier& dossier, const Event& event);

}  // namespace pes
