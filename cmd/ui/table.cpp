#include "ui/table.hpp"

#include "ui/characters.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace pes::ui {

namespace {

constexpr std::string_view gap = "  ";
/// A cell that may be cut keeps this much while there is anything else to give up…
constexpr std::size_t readable_width = 16;
/// … and this much in any case.
constexpr std::size_t least_width = 8;

/// A column on its way to the screen.
struct Fitting {
  const Table::Column* column = nullptr;
  std::vector<std::string> cells;
  std::size_t width = 0;    // of the widest cell or of the header
  std::size_t content = 0;  // of the widest cell, or of the longest word of the header

  [[nodiscard]] std::size_t floor(std::size_t for_cut_cells) const {
    return column->cut == Table::Cut::never ? content : std::min(content, for_cut_cells);
  }
};

template <typename Width>
std::size_t total(const std::vector<Fitting>& columns, Width width) {
  const std::size_t gaps = columns.empty() ? 0 : gap.size() * (columns.size() - 1);
  return std::accumulate(
      columns.begin(), columns.end(), gaps,
      [&](std::size_t sum, const Fitting& column) { return sum + width(column); });
}

std::size_t current_total(const std::vector<Fitting>& columns) {
  return total(columns, [](const Fitting& column) { return column.width; });
}

std::size_t least_total(const std::vector<Fitting>& columns) {
  return total(columns, [](const Fitting& column) { return column.floor(readable_width); });
}

/// Columns that are only shown with room go, the last of them first.
void drop_what_has_no_room(std::vector<Fitting>& columns, std::size_t width) {
  while (least_total(columns) > width) {
    const auto last = std::find_if(columns.rbegin(), columns.rend(), [](const Fitting& column) {
      return column.column->shown == Table::Shown::with_room;
    });
    if (last == columns.rend()) return;
    columns.erase(std::next(last).base());
  }
}

/// The widest gives way first, so that short cells stay whole.
void shrink(std::vector<Fitting>& columns, std::size_t width, std::size_t for_cut_cells) {
  while (current_total(columns) > width) {
    Fitting* widest = nullptr;
    for (Fitting& column : columns) {
      const bool may_shrink = column.width > column.floor(for_cut_cells);
      if (may_shrink && (widest == nullptr || column.width > widest->width)) widest = &column;
    }
    if (widest == nullptr) return;
    --widest->width;
  }
}

std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    longest = std::max(longest, display_width(word));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return longest;
}

/// On two lines at most, its middle replaced as far as it must be.
std::vector<std::string> on_two_lines(const std::string& cell, std::size_t width) {
  std::vector<std::string> lines = wrapped(cell, width);
  for (std::size_t length = 2 * width; lines.size() > 2; --length) {
    lines = wrapped(elided(cell, length), width);
  }
  return lines;
}

std::vector<std::string> lines_of(const Fitting& column, const std::string& cell) {
  switch (column.column->cut) {
    case Table::Cut::two_lines:
      return on_two_lines(cell, column.width);
    case Table::Cut::wrapped:
      return wrapped(cell, column.width);
    case Table::Cut::never:
    case Table::Cut::middle:
      break;
  }
  return {elided(cell, column.width)};
}

/// Cells side by side, each of one or more lines.
std::string row(const std::vector<Fitting>& columns,
                const std::vector<std::vector<std::string>>& cells) {
  std::size_t height = 0;
  for (const auto& lines : cells) height = std::max(height, lines.size());
  std::string text;
  for (std::size_t line = 0; line < height; ++line) {
    std::size_t owed = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string piece = line < cells[i].size() ? cells[i][line] : std::string();
      if (!piece.empty()) text.append(owed, ' ').append(piece);
      owed = (piece.empty() ? owed + columns[i].width : columns[i].width - display_width(piece)) +
             gap.size();
    }
    text += '\n';
  }
  return text;
}

std::string header(const std::vector<Fitting>& columns) {
  std::vector<std::vector<std::string>> cells;
  cells.reserve(columns.size());
  for (const Fitting& column : columns) {
    cells.push_back(wrapped(column.column->header, column.width));
  }
  return row(columns, cells);
}

}  // namespace

void Table::add(std::vector<std::string> cells) {
  assert(cells.size() == columns_.size());
  std::transform(cells.begin(), cells.end(), cells.begin(),
                 [](const std::string& cell) { return printable(cell); });
  rows_.push_back(std::move(cells));
}

std::string Table::aligned(std::size_t width) const {
  std::vector<Fitting> columns;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].shown == Shown::in_pipes) continue;
    Fitting fitting{
        .column = &columns_[i], .cells = {}, .content = longest_word(columns_[i].header)};
    for (const auto& cells : rows_) {
      fitting.cells.push_back(cells[i]);
      fitting.content = std::max(fitting.content, display_width(cells[i]));
    }
    fitting.width = std::max(fitting.content, display_width(columns_[i].header));
    columns.push_back(std::move(fitting));
  }
  drop_what_has_no_room(columns, width);
  shrink(columns, width, readable_width);
  shrink(columns, width, least_width);
  const bool has_header = std::any_of(columns.begin(), columns.end(), [](const Fitting& column) {
    return !column.column->header.empty();
  });
  std::string text = has_header ? header(columns) : std::string();
  for (std::size_t rank = 0; rank < rows_.size(); ++rank) {
    std::vector<std::vector<std::string>> cells;
    cells.reserve(columns.size());
    for (const Fitting& column : columns) cells.push_back(lines_of(column, column.cells[rank]));
    text += row(columns, cells);
  }
  return text;
}

std::string Table::tabbed() const {
  std::string text;
  for (const auto& cells : rows_) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text += '\t';
      text += cells[i];
    }
    text += '\n';
  }
  return text;
}

}  // namespace pes::ui
