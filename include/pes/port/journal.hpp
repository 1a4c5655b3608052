#pragma once

#include "pes/event.hpp"
#include "pes/export.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pes::port {

/// A finding of `verify`, about one line.
struct JournalFault {
  /// `stamp`: a time stamp that proves nothing, whatever the line is worth.
  enum class Kind { altered, removed, reordered, truncated, unreadable, stamp };
  Kind kind = Kind::altered;
  std::uint64_t line = 0;  // from 1
  std::uint64_t id_j = 0;  // 0 when it cannot be told
  std::string message;     // for a person
};

/// What another witness knows of the journal: an event that must be in it. The
/// dossiers' state files are such witnesses.
struct Witness {
  std::uint64_t id_j = 0;
  std::string sha256;
  std::string source;  // named in the message: "dossier O5uC72H"
};

/// The append-only record of a home, shared by its dossiers and processes.
class PES_EXPORT Journal {
 public:
  Journal() = default;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  virtual ~Journal();

  /// Adds the event, durable on return, and gives it back with id_j, previous and
  /// sha256 filled. Safe between threads and processes. Throws journal_damaged,
  /// journal_newer, io_failed, input_too_large; then nothing was added.
  virtual Event append(Event event) = 0;
  /// Adds lines of another journal as they are, durable on return, all or none. Throws
  /// journal_damaged when they do not follow the last one, and as `append`.
  virtual void continue_with(const std::vector<std::string>& lines) = 0;

  /// Where the next event will stand; to be given to `visit` later.
  [[nodiscard]] virtual std::uint64_t position() const = 0;

  /// Calls back with each event from a position (0: the first), oldest first, until
  /// it returns false. Returns the position after the last event read. An incomplete
  /// last line is passed over; damage throws journal_damaged naming the line.
  virtual std::uint64_t visit(std::uint64_t from,
                              const std::function<bool(const Event&)>& callback) const = 0;

  /// Calls back with each event of a dossier, oldest first, until it returns false; those of
  /// others are not read. The chain between them is not looked at. Throws journal_damaged.
  /// @param first the number of one that none of them comes before; 0 where that is not known
  virtual void visit_dossier(const DossierId& id, std::uint64_t first,
                             const std::function<bool(const Event&)>& callback) const = 0;

  /// Checks chain, numbers, head and witnesses; returns every fault, none when sound.
  [[nodiscard]] virtual std::vector<JournalFault> verify(std::vector<Witness> witnesses) const = 0;

  /// The event of this number, in a time that hardly grows with the journal; nothing when there
  /// is none. Throws journal_damaged.
  [[nodiscard]] virtual std::optional<Event> find(std::uint64_t id_j) const = 0;
};

}  // namespace pes::port
