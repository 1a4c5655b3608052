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
/// Throws state_forbids, before anything is changed, for a target that holds something else than
/// this home some time ago; home_unknown when the home has moved elsewhere; dossier_locked;
/// state_damaged and journal_damaged for what cannot be brought.
/// @param services with the parts of `from`
PES_EXPORT Move move_home(Services& services, port::Records& from, port::Records& to);

}  // namespace pes::flow
