#pragma once

#include "adapter/journal/chain.hpp"
#include "adapter/postgresql/pool.hpp"
#include "pes/event.hpp"
#include "pes/port/journal.hpp"

#include <memory>

namespace pes::postgresql {

/// Adds an event in the transaction that is open, and keeps others from adding one until it ends.
/// Throws as port::Journal::append.
Event append_in(Connection& connection, Event event);

std::unique_ptr<port::Journal> open_journal(std::shared_ptr<Pool> pool);

}  // namespace pes::postgresql
