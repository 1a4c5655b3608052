#pragma once

#include "pes/deposit.hpp"
#include "pes/error.hpp"
#include "pes/time.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pes::cmd {

/// How what was dropped is looked for.
struct Search {
  std::vector<std::string> paths;  // folders to look in, or files
  std::vector<std::filesystem::path> filing_places;
  /// Seconds for which nothing was written; nothing: as is usual of a folder, and of a file.
  std::optional<std::chrono::seconds> stillness;
  Instant now;
};

/// What is to be deposited, what is still being written, and what cannot be looked at.
struct Found {
  std::vector<deposit::Source> sources;
  std::vector<deposit::Source> unfinished;
  std::vector<std::pair<std::string, Error>> unreadable;
};

/// Throws usage when what is found cannot be filed where it is to be, file_unknown when that is no
/// folder; and, when one path alone is named, what prevents from looking at it.
Found find_dropped(const Search& search);

}  // namespace pes::cmd
