#pragma once

#include <cstdint>

namespace pes {

/// A line and a column of a file, both from 1; 0: not known, or nowhere.
struct FilePlace {
  std::uint64_t line = 0;
  std::uint64_t column = 0;
  friend bool operator==(const FilePlace&, const FilePlace&) = default;
};

}  // namespace pes
