#pragma once

#include "pes/export.hpp"
#include "pes/flow.hpp"
#include "pes/port/records.hpp"

#include <cstddef>
#include <cstdint>

namespace pes::flow {

/// What a home that was moved holds.
struct Move {
  bool changed = true;  // false: it lived there already
  std::size_t events = 0;
  std::size_t stamps = 0;
  std::size_t dossiers = 0;
  std::size_t files = 0;
  std::uint64_t bytes = 0;  // of the files
  std::size_t retours = 0;
};

/// Brings a home from one place to another, and makes sure that all is there (lib/design/0013).
/// Meanwhile, and when it is interrupted, the home can be used in neither; the same call goes on.
///
/// Throws, before anything is changed: state_forbids for a target that holds something else than
/// this home some time ago; home_unknown when the home does not live in `from`, or is on its way
/// to a third place; state_damaged, journal_damaged and dossier_locked for what cannot be brought.
/// @param services with the parts of `from`
PES_EXPORT Move move_home(Services& services, port::Records& from, port::Records& to);

/// The home stays where it lives: a move that was begun and did not end is over. What was brought
/// already stays in the other place, which is no home. False when there was none; throws
/// home_unknown when the home does not live there.
PES_EXPORT bool call_off_move(port::Records& from);

}  // namespace pes::flow
