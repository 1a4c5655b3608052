#pragma once

#include "adapter/tdt/archivist.hpp"
#include "pes/time.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pes::tdt {

/// The transactions of a status, page by page as they are wanted. What was listed serves for a
/// while, so that a list whose page does not come goes on from there when it is asked for again,
/// and that many searches share one.
class ListedTransactions {
 public:
  /// @param archivist outlives it
  /// @param life how long a list serves after its last page came
  ListedTransactions(Archivist& archivist, std::chrono::seconds life)
      : archivist_(archivist), life_(life) {}

  /// Newest first, those that entered the status on `since`'s day, the one before, or later, as
  /// long as `visit` wants more. False where the platform lists none. Throws as the archivist.
  template <typename Visit>
  bool visit(int status, Instant since, Visit visit) {
    List& list = begun(status, first_day(since));
    for (std::size_t rank = 0;; ++rank) {
      while (rank == list.ids.size()) {
        if (list.is_whole) return true;
        if (!add_page(status, first_day(since), list)) return false;
      }
      if (!visit(list.ids[rank])) return true;
    }
  }

 private:
  struct List {
    std::vector<std::string> ids;
    bool is_whole = false;
    std::chrono::steady_clock::time_point page_came;
  };

  /// The platform counts days in its own time zone, so one more is asked for.
  static std::string first_day(Instant since);
  /// One that serves still, or a new one.
  List& begun(int status, const std::string& day);
  /// False where the platform lists none.
  bool add_page(int status, const std::string& day, List& list);

  Archivist& archivist_;
  std::chrono::seconds life_;
  std::map<std::pair<int, std::string>, List> lists_;  // by status and first day
};

}  // namespace pes::tdt
