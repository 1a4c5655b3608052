#pragma once

#include "adapter/postgresql/connection.hpp"

#include <string>
#include <string_view>

/// The tables of a home in a database (schema.cpp), all in the schema that comes first in the
/// session's search_path.
namespace pes::postgresql {

/// Brings those of an older version to this one. Throws home_unknown where there are none,
/// state_newer for those of a newer version.
void require_tables(Connection& connection);

/// Makes them where there are none; false when there were. Two that do it at once do it once.
bool make_tables(Connection& connection);

/// What to do about a damaged record.
const char* restore_hint();

/// The SQL of the number by which a dossier is locked. Other homes of the database have others.
/// @param id_d the SQL of its identifier
std::string lock_number(std::string_view id_d);

/// Asks for the numbers of those that sessions hold.
std::string held_numbers();

/// The channel on which changes are told, of this home alone.
constexpr const char* channel = "'pes_' || 'pes_home'::regclass::oid";

}  // namespace pes::postgresql
