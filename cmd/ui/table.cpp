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
  std::vector<std::string> cells;  // the header first
  std::size_t width = 0;           // of the widest cell
  std::size_t content = 0;         // the same without the header

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

std::string row(const std::vector<Fitting>& columns, std::size_t rank) {
  std::string text;
  for (const Fitting& column : columns) {
    const std::string cell = elided(column.cells[rank], column.width);
    text += cell;
    const bool last = &column == &columns.back();
    if (!last) text.append(column.width - display_width(cell), ' ').append(gap);
  }
  return text + "\n";
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
    Fitting fitting{.column = &columns_[i], .cells = {columns_[i].header}};
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
  std::string text;
  for (std::size_t rank = 0; rank <= rows_.size(); ++rank) text += row(columns, rank);
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
