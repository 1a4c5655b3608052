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
};
Listing listing_of(const Dossier& dossier);

std::int64_t seconds_of(Instant instant);

/// The column that a list is sorted by.
std::string_view column_of(SortColumn column);

/// The conditions of a query, ` WHERE …` or nothing, with places `$1`, `$2`… and their values.
struct ListConditions {
  std::string sql;
  std::vector<std::string> values;
};
ListConditions conditions_of(const DossierQuery& query);

}  // namespace pes::store
