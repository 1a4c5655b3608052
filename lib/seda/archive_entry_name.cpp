#include "pes/seda.hpp"

#include <algorithm>

namespace pes {

namespace {

bool is_kept(char c) { return c >= 0x20 && c <= 0x7E && c != '/'; }

/// `stem_1.ext`
std::string numbered(const std::string& name, int rank) {
  const std::size_t dot = std::min(name.rfind('.'), name.size());
  return name.substr(0, dot) + "_" + std::to_string(rank) + name.substr(dot);
}

}  // namespace

std::string archive_entry_name(std::string_view name, const std::vector<std::string>& taken) {
  std::string kept;
  std::copy_if(name.begin(), name.end(), std::back_inserter(kept), is_kept);
  if (kept.empty() || kept.front() == '-' || kept.front() == '.') kept.insert(0, "_");

  std::string result = kept;
  for (int rank = 1; std::find(taken.begin(), taken.end(), result) != taken.end(); ++rank) {
    result = numbered(kept, rank);
  }
  return result;
}

}  // namespace pes
