#pragma once

#include "pes/dossier.hpp"
#include "pes/dossier_query.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Lists of dossiers in SQL, as SQLite and PostgreSQL both read it.
namespace pes::store {

/// What lists need to know of a dossier: the columns of a table `dossier`, in their order.
struct Listing {
  std::string id_d, id_e, type, state, titre;
  std::int64_t date = 0;  // of the last row; like the others, in seconds since 1970
  std::int64_t creation = 0;
  std::string dte_str, cod_bud, pes_etat_ack;
  std::optional<std::int64_t> next_try;  // of the automatic action, if there is one
  std::int64_t is_lock = 0;              // 1 when a person must let it go on
  std::string transaction_id;            // on the TdT
  std::string nom_fic;
};
Listing listing_of(const Dossier& dossier);

std::int64_t seconds_of(Instant instant);

/// The order of a list, ` ORDER BY …`. It is that of the indexes, where there is one.
std::string order_of(const DossierQuery& query);

/// The condition that an action is done by itself at that moment, or before; after it. Moments are
/// in SQL, in seconds.
std::string due_at(std::string_view moment);
std::string planned_after(std::string_view moment);

/// Identifiers of a table that are due: entities in turn, the longest due of each first. The last
/// place is that of the limit.
/// @param condition that of being due, and others if need be
std::string due_in_turn(std::string_view table, std::string_view condition, std::string_view limit);

/// The conditions of a query, ` WHERE …` or nothing, with places `$1`, `$2`… and their values.
struct ListConditions {
  std::string sql;
  std::vector<std::string> values;
};
ListConditions conditions_of(const DossierQuery& query);

}  // namespace pes::store
