#pragma once

#include "xml/tag.hpp"

#include <cstdint>
#include <string_view>

namespace pes::xml {

/// Line and column of a byte of a document, from 1, carried on over the bytes before it.
class Place {
 public:
  /// @param utf8 columns count characters, so continuation bytes are left out
  /// @param first_column 0 when a byte order mark precedes the first character
  Place(bool utf8, std::uint64_t first_column) : utf8_(utf8), position_{1, first_column} {}

  /// Over bytes that follow those passed before.
  void pass(std::string_view bytes);
  [[nodiscard]] Position position() const { return position_; }

 private:
  bool utf8_;
  Position position_;
};

}  // namespace pes::xml
