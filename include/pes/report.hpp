#pragma once

#include "pes/action.hpp"
#include "pes/dossier.hpp"
#include "pes/export.hpp"
#include "pes/port/store.hpp"
#include "pes/standing.hpp"
#include "pes/time.hpp"

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What the dossiers of a home come to, in numbers. Each is looked at once and forgotten: what is
/// kept grows with the days, the states and the reasons, not with the dossiers.
namespace pes::report {

/// A day of the calendar where the reader is.
using Day = std::chrono::sys_days;

/// Which dossiers count, and how time is told.
struct Scope {
  std::optional<std::string> id_e;      // exact, not its descendants
  std::optional<Instant> since, until;  // of their creation, included
  Instant now;
  std::function<Day(Instant)> day_of;
};

struct Volume {
  std::uint64_t flows = 0;
  std::uint64_t bordereaux = 0;  // numbers that each flow holds, known once it was read to be sent
  std::uint64_t bytes = 0;       // of the PES files
  friend bool operator==(const Volume&, const Volume&) = default;
};

using Standings = std::map<Standing, std::uint64_t>;

struct DayFigures {
  Volume volume;
  Standings standings;
};

/// From a sending to its acquit. Kept to the second under an hour, to the minute under two days
/// and to the hour beyond, so that a million of them are some thousand numbers.
class PES_EXPORT AnswerTimes {
 public:
  /// A part of the distribution: from this one on, up to that of the next.
  struct Range {
    std::chrono::seconds from{0};
    std::optional<std::chrono::seconds> to;  // not included; nothing: without end
    std::uint64_t flows = 0;
  };

  void add(std::chrono::seconds time);
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  /// The shortest time within which that part of the flows had their acquit (nearest rank).
  /// Nothing when none has.
  [[nodiscard]] std::optional<std::chrono::seconds> percentile(unsigned percent) const;
  [[nodiscard]] std::vector<Range> distribution() const;

 private:
  std::map<std::chrono::seconds, std::uint64_t> times_;
  std::uint64_t count_ = 0;
};

/// What was sent, by what Hélios answered (workflow §2.4).
struct Acquits {
  std::uint64_t ok = 0;
  std::uint64_t ko = 0;
  std::uint64_t awaited = 0;
  AnswerTimes times;
};

/// Why Hélios refuses, as an acquit tells it (pes §9).
struct Reason {
  std::string num_ano;  // empty: none is given
  std::string number;   // at the head of the label of ERREUR_AUTRE; empty otherwise
  std::string words;    // what it means, in the reader's language; empty when no list has it
  friend auto operator<=>(const Reason&, const Reason&) = default;
};

struct Refused {
  std::uint64_t flows = 0;       // some or all of which is refused
  std::uint64_t bordereaux = 0;  // all of a flow that is refused as a whole
  std::uint64_t others = 0;      // PJ, markets and the like
  friend bool operator==(const Refused&, const Refused&) = default;
};

struct Refusals {
  Refused all;
  /// One that has several reasons counts for each.
  std::map<Reason, Refused> reasons;
  std::uint64_t unreadable_acquits = 0;  // neither accept nor refuse
  std::multimap<Instant, Dossier> latest;
};

/// The reasons, what refuses most first.
PES_EXPORT std::vector<std::pair<Reason, Refused>> most_frequent_first(const Refusals& refusals);

/// Why a person must look at a dossier, the gravest first.
enum class Concern { fate_unknown, suspended, failed, rejected, late };
inline constexpr std::array all_concerns{Concern::fate_unknown, Concern::suspended, Concern::failed,
                                         Concern::rejected, Concern::late};
/// For machines: `fate_unknown`.
PES_EXPORT std::string_view id(Concern concern);

/// How long an answer may be awaited before a person should know (tdt §6).
inline constexpr std::chrono::hours longest_silence{48};

PES_EXPORT std::optional<Concern> concern_of(const Dossier& dossier, Instant now);

struct Concerned {
  std::uint64_t total = 0;
  std::multimap<Instant, Dossier> oldest;  // by the date of their state
};

/// How many dossiers are kept to be named, of each concern and of those that Hélios refused.
inline constexpr std::size_t named_at_most = 20;

struct Figures {
  Volume volume;
  std::map<Action, std::uint64_t> states;
  Standings standings;
  std::map<Day, DayFigures> days;  // of the dossiers' creation
  Acquits acquits;
  Refusals refusals;
  /// Of all dossiers of the entity: what must be looked at now may be older than the period.
  std::map<Concern, Concerned> attention;
};

/// Takes a dossier into account. Throws file_unknown, io_failed, input_too_large when its acquit
/// cannot be read; everything else of it is counted then.
PES_EXPORT void add(Figures& figures, const Dossier& dossier, const Scope& scope,
                    const port::Store& store);

}  // namespace pes::report
