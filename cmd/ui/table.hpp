#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pes::ui {

/// Rows of cells: aligned for a person, separated by tabs for what comes after a pipe.
class Table {
 public:
  /// What gives way when the terminal is too narrow: the middle of the cell, or one line
  /// for two, or for as many as are needed. Headers take as many lines as they need.
  enum class Cut { never, middle, two_lines, wrapped };
  /// Which columns a person is shown; in a pipe all are there.
  enum class Shown { always, with_room, in_pipes };
  struct Column {
    std::string header;
    Cut cut = Cut::never;
    Shown shown = Shown::always;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell for each column.
  void add(std::vector<std::string> cells);
  [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }

  /// With its header, if any column has one, in at most `width` columns as far as cells may
  /// be cut.
  [[nodiscard]] std::string aligned(std::size_t width) const;
  /// Full values, no header.
  [[nodiscard]] std::string tabbed() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace pes::ui
