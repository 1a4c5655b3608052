#pragma once

#include <cstdint>
#include <string_view>

namespace pes::xml {

/// Line and column of a byte of a document, from 1, carried on over the bytes before it.
class Place {
 public:
  /// @param utf8 columns count characters, so continuation bytes are left out
  /// @param first_column 0 when a byte order mark precedes the first character
  Place(bool utf8, std::uint64_t first_column) : utf8_(utf8), column_(first_column) {}

  /// Over bytes that follow those passed before.
  void pass(std::string_view bytes);
  [[nodiscard]] std::uint64_t line() const { return line_; }
  [[nodiscard]] std::uint64_t column() const { return column_; }

 private:
  bool utf8_;
  std::uint64_t line_ = 1;
  std::uint64_t column_;
};

}  // namespace pes::xml
