#include "report/charts.hpp"
#include "report/layout.hpp"
#include "report/sections.hpp"
#include "report/tone.hpp"
#include "ui/language.hpp"
#include "ui/numbers.hpp"

namespace pes::cmd {

namespace {

std::vector<Bar> bars_of(const report::Figures& figures) {
  std::vector<Bar> bars;
  for (const auto& [state, flows] : figures.states) {
    bars.push_back({.label = std::string(label(state)),
                    .value = flows,
                    .shown = ui::count_text(flows),
                    .style = class_of(tone_of(state))});
  }
  return bars;
}

NumberTable table_of(const report::Figures& figures) {
  NumberTable table{.caption = tr("Flows by last state"),
                    .header = {tr("State"), tr("Flows"), tr("Share")},
                    .rows = {}};
  for (const auto& [state, flows] : figures.states) {
    table.rows.push_back({std::string(label(state)), ui::count_text(flows),
                          ui::percent_text(flows, figures.volume.flows)});
  }
  return table;
}

}  // namespace

void write_states(Markup& page, const ReportContent& content) {
  const report::Figures& figures = content.figures;
  write_section(page, "states", tr("Where the flows are"), [&] {
    write_pair(
        page,
        [&] {
          draw_bars(page,
                    {.id = "chart-states",
                     .title = tr("Flows by last state"),
                     .description = tr("The states in the order of the way; the numbers are in the "
                                       "table beside.")},
                    bars_of(figures));
        },
        table_of(figures));
  });
}

}  // namespace pes::cmd
