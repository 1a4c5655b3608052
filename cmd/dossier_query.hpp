#pragma once

#include "pes/dossier_query.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace pes::cmd {

class Session;

/// By the name that Pastell gives to the column. Throws usage.
SortColumn parse_sort_column(std::string_view name);

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

/// Which part of a list a person asks for: `--page`, `--limit` and `--all`.
struct ListPage {
  std::string page = "1";
  std::string limit;
  bool all = false;  // of all entities, and not of the one acted for
};
/// Throws usage.
DossierQuery page_query(const ListPage& options, Session& session);

/// One dossier that cannot be read does not hide the others: tells of each, and returns the exit
/// status.
int tell_damaged(Session& session, const DossierPage& page);

/// A count given on the command line: digits alone, at least 1. Throws usage.
std::size_t parse_count(std::string_view option, std::string_view text);

}  // namespace pes::cmd
