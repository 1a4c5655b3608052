#include "adapter/tdt/listed_transactions.hpp"

namespace pes::tdt {

using std::chrono::steady_clock;

std::string ListedTransactions::first_day(Instant since) {
  return iso8601(since - std::chrono::hours(24)).substr(0, 10);
}

ListedTransactions::List& ListedTransactions::begun(int status, const std::string& day) {
  List& list = lists_[{status, day}];
  if (steady_clock::now() - list.page_came > life_) list = {};
  return list;
}

bool ListedTransactions::add_page(int status, const std::string& day, List& list) {
  auto page = archivist_.transactions(status, day, list.ids.size());
  if (!page) return false;
  list.ids.insert(list.ids.end(), page->ids.begin(), page->ids.end());
  list.is_whole = page->is_last;
  list.page_came = steady_clock::now();
  return true;
}

}  // namespace pes::tdt
