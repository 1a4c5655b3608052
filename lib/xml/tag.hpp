#pragma once

#include <cstdint>

namespace pes::xml {

/// A line and a column, both from 1.
struct Position {
  std::uint64_t line = 0;
  std::uint64_t column = 0;
};

struct Tag;

/// Knows where the tag stands that is told at the moment. Lines are counted on the way to a
/// tag that somebody asks about: nobody asks about most of them.
class Positions {
 public:
  Positions() = default;
  Positions(const Positions&) = delete;
  Positions& operator=(const Positions&) = delete;
  virtual ~Positions() = default;

  virtual Position of(const Tag& tag) = 0;
};

/// A tag where it stands in the document's bytes.
struct Tag {
  enum class Kind { start, end, empty };
  Kind kind = Kind::start;
  std::uint64_t begin = 0;  // offset of its `<`
  std::uint64_t end = 0;    // offset after its `>`
  Positions* positions = nullptr;

  /// Of its `<`. While its event lasts only.
  [[nodiscard]] Position at() const { return positions->of(*this); }
};

}  // namespace pes::xml
