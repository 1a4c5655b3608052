#pragma once

#include "pes/time_stamp.hpp"
#include "session.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace pes::cmd {

/// After what a command did with services: has the events time-stamped that are not yet, when the
/// home has an authority. One that fails is told, and fails nothing: the next such command catches
/// up. False when some wait still.
bool stamp_events(Session& session);

/// How many events wait for their time stamp; 0 when the home has no authority.
std::size_t events_to_stamp(Session& session);

/// Who is trusted for time stamps: `journal.tsa_trust` or, for the local authority, the sandbox's
/// own. Nothing when nobody is named.
std::optional<TimeStampAuthorities> time_stamp_authorities(Session& session);

/// When events were stamped, by id_j, of event `from` and later.
using StampTimes = std::map<std::uint64_t, Instant>;
StampTimes stamp_times(const port::Stamps& stamps, std::uint64_t from);

}  // namespace pes::cmd
