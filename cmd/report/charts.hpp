#pragma once

#include "report/markup.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pes::cmd {

/// What a chart is called and tells, for who does not see it.
struct Caption {
  std::string_view id;  // unique in the page
  std::string title;
  std::string description;
};

/// A horizontal bar, under its label and before its value.
struct Bar {
  std::string label;
  std::uint64_t value = 0;
  std::string shown;
  std::string_view style;  // a class of the stylesheet
};
void draw_bars(Markup& page, const Caption& caption, const std::vector<Bar>& bars);

/// A column, of parts that stand on each other from the bottom.
struct Column {
  struct Part {
    std::uint64_t value = 0;
    std::string_view style;
  };
  std::string label;  // short: a few are shown under the chart
  std::string tip;
  std::vector<Part> parts;
  [[nodiscard]] std::uint64_t height() const;
};
/// @param shown how a value is written on the axis and above the highest column
void draw_columns(Markup& page, const Caption& caption, const std::vector<Column>& columns,
                  std::string (*shown)(std::uint64_t));

}  // namespace pes::cmd
