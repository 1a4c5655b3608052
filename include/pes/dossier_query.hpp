#pragma once

#include "pes/action.hpp"
#include "pes/dossier.hpp"
#include "pes/error.hpp"
#include "pes/ids.hpp"
#include "pes/time.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pes {

/// Columns that sort a list: all of Pastell's but « Dernier état ».
enum class SortColumn {
  date_dernier_etat,
  titre,
  type,
  creation,
  dte_str,
  cod_bud,
  pes_etat_ack,
  next_try,  // of the automatic action; those that have none come first, in ascending order
};
enum class SortOrder { ascending, descending };

/// Dossiers that have an automatic action: any, one that is done at its date, one that a person
/// must let go on first; those that have none.
enum class JobFilter { any, planned, suspended, none };

/// What a list is made of (workflow §4.1 to §4.3), and which part of it is wanted.
struct DossierQuery {
  std::optional<std::string> id_e;  // exact, not its descendants
  std::optional<std::string> type;  // DossierType::id
  std::vector<Action> states;       // any of them; empty: all
  std::string title_part;           // case of ASCII letters does not count
  std::string id_prefix;            // what identifiers begin with
  std::string transaction;          // the TdT's number, exact; of whatever platform
  std::string nom_fic;              // of the flow, exact
  std::optional<JobFilter> job;
  std::optional<Instant> due;  // those whose action is planned for then at the latest
  SortColumn sort = SortColumn::date_dernier_etat;
  SortOrder order = SortOrder::descending;  // equal ones follow their identifiers
  std::size_t offset = 0;
  std::size_t limit = 20;
};

/// The part of a list that was wanted, each dossier as it was last saved.
struct DossierPage {
  std::vector<Dossier> dossiers;
  std::size_t total = 0;  // of the whole list
  /// Those that cannot be read, whatever the query: nobody knows whether it means them.
  std::vector<std::pair<DossierId, Error>> damaged;
};

/// The dossiers whose automatic action is due (workflow §5.1).
struct DueDossiers {
  std::vector<DossierId> ids;  // entities in turn, the longest due of each first
  std::vector<std::pair<DossierId, Error>> damaged;
};

}  // namespace pes
