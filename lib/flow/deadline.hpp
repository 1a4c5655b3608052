#pragma once

#include "pes/port/tdt.hpp"
#include "pes/time.hpp"

namespace pes::flow {

/// Whether something that has been so since then stays so for longer than it does when all goes
/// well. Saturdays and Sundays are no working days; holidays are not known.
bool is_overdue(Instant since, port::LongestStay longest, Instant now);

}  // namespace pes::flow
