#pragma once

#include "adapter/journal/chain.hpp"
#include "adapter/postgresql/pool.hpp"
#include "pes/event.hpp"
#include "pes/port/journal.hpp"
#include "pes/residence.hpp"

#include <memory>

namespace pes::postgresql {

/// Adds an event in the transaction that is open, and keeps others from adding one until it ends.
/// Throws as port::Journal::append.
Event append_in(Connection& connection, Event event);

/// What those two columns of the row of `pes_home` say, the first of which is given.
Residence residence_in(const Connection& connection, const Rows& row, int column);

std::unique_ptr<port::Journal> open_journal(std::shared_ptr<Pool> pool);

}  // namespace pes::postgresql
