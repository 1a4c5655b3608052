#pragma once

#include <cstdint>

namespace pes::xml {

/// A tag where it stands in the document's bytes.
struct Tag {
  enum class Kind { start, end, empty };
  Kind kind = Kind::start;
  std::uint64_t begin = 0;  // offset of its `<`
  std::uint64_t end = 0;    // offset after its `>`
  std::uint64_t line = 0;   // of its `<`, from 1
  std::uint64_t column = 0;
};

}  // namespace pes::xml
