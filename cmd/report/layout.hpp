#pragma once

#include "report/markup.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pes::cmd {

/// A part of the page under its heading.
void write_section(Markup& page, std::string_view id, const std::string& heading,
                   const std::function<void()>& inside);

/// Cards, one for each rank from 0 on; beyond a few they are folded, on paper as well, for the page
/// to stay short.
/// @param write_card writes one as a `li` of class `card`
void write_cards(Markup& page, std::size_t count,
                 const std::function<void(std::size_t)>& write_card);

/// The numbers behind a chart. The first column names the row; all others are numbers.
struct NumberTable {
  std::string caption;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};
void write_table(Markup& page, const NumberTable& table);
/// The same, folded: a long table opens where the reader wants it, and on paper.
void write_folded_table(Markup& page, const NumberTable& table);

/// A chart and its table, side by side where there is room.
void write_pair(Markup& page, const std::function<void()>& chart, const NumberTable& table);

}  // namespace pes::cmd
