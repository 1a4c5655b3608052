#include "report/charts.hpp"

#include "ui/characters.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <numeric>

namespace pes::cmd {

namespace {

// Along the page lengths are parts of its width, across it pixels: a chart is as wide as there is
// room, on a phone and on paper, and its texts keep their size.

std::string px(double pixels) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", pixels);
  return text.data();
}

std::string part_of_width(double part) {
  constexpr double whole = 100;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f%%", whole * part);
  return text.data();
}

double ratio(std::uint64_t value, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(value) / static_cast<double>(whole);
}

void draw(Markup& page, const Caption& caption, std::string_view style, double height,
          const std::function<void()>& inside) {
  const std::string title = std::string(caption.id) + "-title";
  const std::string description = std::string(caption.id) + "-desc";
  page.element("svg",
               {{"class", style},
                {"role", "img"},
                {"width", "100%"},
                {"height", px(height)},
                {"aria-labelledby", title + " " + description}},
               [&] {
                 page.element("title", {{"id", title}}, caption.title);
                 page.element("desc", {{"id", description}}, caption.description);
                 inside();
               });
}

// --- Bars ---------------------------------------------------------------------

constexpr double line_height = 21;
constexpr double thickness = 14;
constexpr double gap = 16;
constexpr double longest_bar = 0.74;  // what is left is for the value
constexpr std::size_t characters_in_a_line = 38;

struct Row {
  std::vector<std::string> lines;
  double top = 0;
  [[nodiscard]] double height() const {
    return line_height * static_cast<double>(lines.size()) + thickness + gap;
  }
};

std::vector<Row> rows_of(const std::vector<Bar>& bars) {
  std::vector<Row> rows;
  double top = 0;
  for (const Bar& bar : bars) {
    rows.push_back({.lines = ui::wrapped(bar.label, characters_in_a_line), .top = top});
    top += rows.back().height();
  }
  return rows;
}

void draw_row(Markup& page, const Row& row, const Bar& bar, double part) {
  double y = row.top + line_height - 7;
  for (const std::string& words : row.lines) {
    page.element("text", {{"x", "0"}, {"y", px(y)}}, words);
    y += line_height;
  }
  const double top = row.top + line_height * static_cast<double>(row.lines.size());
  const std::string width = part_of_width(part);
  page.leaf("rect", {{"class", bar.style},
                     {"x", "0"},
                     {"y", px(top)},
                     {"width", width},
                     {"height", px(thickness)},
                     {"rx", "2"}});
  page.element("text",
               {{"class", "value"}, {"x", width}, {"dx", "8"}, {"y", px(top + thickness - 1.5)}},
               bar.shown);
}

// --- Columns ------------------------------------------------------------------

constexpr double above = 26;  // for the value of the highest column
constexpr double plot = 150;
constexpr double below = 28;  // for what columns stand for

/// One digit, easily halved, and zeros: the first such number that is not below the value.
std::uint64_t round_scale(std::uint64_t value) {
  std::uint64_t power = 1;
  while (power * 10 <= value) power *= 10;
  for (const std::uint64_t factor : {1U, 2U, 4U, 6U, 8U}) {
    if (factor * power >= value) return factor * power;
  }
  return 10 * power;
}

struct Scale {
  std::uint64_t top = 1;
  [[nodiscard]] double y(std::uint64_t value) const {
    return above + plot * (1 - ratio(value, top));
  }
};

/// Where a scale is written; halves only of what can be halved.
std::vector<std::uint64_t> marks(const Scale& scale) {
  if (scale.top % 2 == 1) return {0, scale.top};
  return {0, scale.top / 2, scale.top};
}

void draw_axis(Markup& page, const Scale& scale, std::string (*shown)(std::uint64_t)) {
  page.element("svg",
               {{"class", "axis"},
                {"aria-hidden", "true"},
                {"width", "64"},
                {"height", px(above + plot + below)}},
               [&] {
                 for (const std::uint64_t mark : marks(scale)) {
                   const std::string words = mark == 0 ? "0" : shown(mark);
                   page.element("text", {{"x", "56"}, {"y", px(scale.y(mark) + 5)}}, words);
                 }
               });
}

void draw_column(Markup& page, const Column& column, const Scale& scale, double left,
                 double width) {
  page.element("g", {}, [&] {
    page.element("title", {}, column.tip);
    std::uint64_t under = 0;
    for (const Column::Part& part : column.parts) {
      if (part.value == 0) continue;
      const double bottom = scale.y(under);
      const double top = scale.y(under + part.value);
      page.leaf("rect", {{"class", part.style},
                         {"x", part_of_width(left)},
                         {"y", px(top)},
                         {"width", part_of_width(width)},
                         {"height", px(bottom - top)}});
      under += part.value;
    }
  });
}

/// In the middle of its column, unless it would leave the chart.
std::string_view anchor(double middle) {
  constexpr double edge = 0.12;
  if (middle < edge) return "start";
  return middle > 1 - edge ? "end" : "middle";
}

double at(std::string_view anchored, double left, double width) {
  if (anchored == "start") return left;
  return anchored == "end" ? left + width : left + width / 2;
}

struct Places {
  double slot;
  [[nodiscard]] double width() const { return slot * (slot > 0.1 ? 0.5 : 0.72); }
  [[nodiscard]] double left(std::size_t rank) const {
    return slot * static_cast<double>(rank) + (slot - width()) / 2;
  }
};

void write_at(Markup& page, const Places& places, std::size_t rank, double y,
              std::string_view style, const std::string& words) {
  const double left = places.left(rank);
  const std::string_view anchored = anchor(left + places.width() / 2);
  page.element("text",
               {{"class", style},
                {"text-anchor", anchored},
                {"x", part_of_width(at(anchored, left, places.width()))},
                {"y", px(y)}},
               words);
}

void draw_plot(Markup& page, const std::vector<Column>& columns, const Scale& scale,
               std::string (*shown)(std::uint64_t)) {
  for (const std::uint64_t mark : marks(scale)) {
    const std::string y = px(scale.y(mark));
    page.leaf("line", {{"class", "grid"}, {"x1", "0"}, {"x2", "100%"}, {"y1", y}, {"y2", y}});
  }
  const Places places{1 / static_cast<double>(columns.size())};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    draw_column(page, columns[i], scale, places.left(i), places.width());
  }
  const std::size_t last = columns.size() - 1;
  for (const std::size_t rank : {std::size_t{0}, last / 2, last}) {
    write_at(page, places, rank, above + plot + below - 8, "label", columns[rank].label);
  }
  const auto highest = std::max_element(
      columns.begin(), columns.end(),
      [](const Column& one, const Column& other) { return one.height() < other.height(); });
  if (highest->height() == 0) return;
  write_at(page, places, static_cast<std::size_t>(highest - columns.begin()),
           scale.y(highest->height()) - 6, "value", shown(highest->height()));
}

}  // namespace

void draw_bars(Markup& page, const Caption& caption, const std::vector<Bar>& bars) {
  if (bars.empty()) return;
  const std::vector<Row> rows = rows_of(bars);
  std::uint64_t most = 0;
  for (const Bar& bar : bars) most = std::max(most, bar.value);
  draw(page, caption, "bars", rows.back().top + rows.back().height(), [&] {
    for (std::size_t i = 0; i < bars.size(); ++i) {
      draw_row(page, rows[i], bars[i], longest_bar * ratio(bars[i].value, most));
    }
  });
}

std::uint64_t Column::height() const {
  return std::accumulate(parts.begin(), parts.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const Part& part) { return sum + part.value; });
}

void draw_columns(Markup& page, const Caption& caption, const std::vector<Column>& columns,
                  std::string (*shown)(std::uint64_t)) {
  if (columns.empty()) return;
  std::uint64_t most = 1;
  for (const Column& column : columns) most = std::max(most, column.height());
  const Scale scale{round_scale(most)};
  page.element("div", {{"class", "plot"}}, [&] {
    draw_axis(page, scale, shown);
    draw(page, caption, "columns", above + plot + below,
         [&] { draw_plot(page, columns, scale, shown); });
  });
}

}  // namespace pes::cmd
