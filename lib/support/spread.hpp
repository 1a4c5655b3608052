#pragma once

#include <chrono>

namespace pes {

/// A pause lengthened by up to its half; never shortened, since services ask for some of them.
/// @param chance from 0, included, to 1, excluded
inline std::chrono::seconds spread(std::chrono::seconds pause, double chance) {
  const double more = static_cast<double>(pause.count()) * chance / 2;
  return pause + std::chrono::seconds(static_cast<std::chrono::seconds::rep>(more));
}

}  // namespace pes
