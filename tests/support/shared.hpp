#pragma once

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace pes::test {

/// The folder of official schemas and real samples, used in place (PES_SHARED).
inline std::filesystem::path shared() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): tests read the environment before any thread.
  const char* place = std::getenv("PES_SHARED");
  return place == nullptr ? "../shared" : place;
}

/// False, and says so, where the folder is absent: the test then returns.
inline bool has_shared() {
  if (std::filesystem::is_directory(shared() / "samples")) return true;
  std::cout << "SKIPPED: no samples under " << shared() << " (set PES_SHARED)\n";
  return false;
}

}  // namespace pes::test
