#pragma once

#include "adapter/postgresql/connection.hpp"
#include "pes/dossier.hpp"
#include "pes/ids.hpp"

#include <cstddef>

namespace pes::postgresql {

/// The state in that row, whose first columns are the identifier and the document. Throws
/// state_damaged, state_newer.
Dossier state_in(const Connection& connection, const Rows& rows, std::size_t row);

/// Writes the state and what lists need of it, forgets the files that it no longer names, and tells
/// who waits for news: in the transaction that is open.
void write_state(Connection& connection, const Dossier& before, const Dossier& after);

/// The same for a dossier and its files.
void erase_state(Connection& connection, const DossierId& id);

}  // namespace pes::postgresql
