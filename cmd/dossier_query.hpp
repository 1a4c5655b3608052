#pragma once

#include "pes/dossier.hpp"
#include "pes/entity.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes::cmd {

/// What a list is made of (workflow §4.1 to §4.3).
struct DossierQuery {
  std::optional<std::string> id_e;  // exact, not its descendants
  std::optional<std::string> type;  // DossierType::id
  std::vector<Action> states;       // any of them; empty: all
  std::string title_part;           // case of ASCII letters does not count
};
bool matches(const DossierQuery& query, const Dossier& dossier);

/// Columns that sort: all of Pastell's but « Dernier état ».
enum class SortColumn { date_dernier_etat, titre, type, creation, dte_str, cod_bud, pes_etat_ack };
/// By the name that Pastell gives to the column. Throws usage.
SortColumn parse_sort_column(std::string_view name);
enum class SortOrder { ascending, descending };
/// Equal ones follow their identifiers, so that a list is always the same.
void sort(std::vector<Dossier>& dossiers, SortColumn column, SortOrder order);

/// A page of a list: which of `total` rows, from 1.
struct Page {
  std::size_t first = 1;
  std::size_t last = 0;
  std::size_t total = 0;

  /// « Position 1 à 20 sur 292 »; of an empty list « Position 1 à 0 sur 0 » (S46).
  [[nodiscard]] std::string position() const;
};
/// @param number from 1
Page page_of(std::size_t total, std::size_t number, std::size_t limit);

/// A count given on the command line: digits alone, at least 1. Throws usage.
std::size_t parse_count(std::string_view option, std::string_view text);

}  // namespace pes::cmd
