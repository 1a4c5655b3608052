#include "report/charts.hpp"
#include "report/layout.hpp"
#include "report/sections.hpp"
#include "report/timeline.hpp"
#include "report/tone.hpp"
#include "ui/language.hpp"
#include "ui/numbers.hpp"

namespace pes::cmd {

namespace {

/// The colours in words, with what each counts: the chart needs no other legend.
void write_legend(Markup& page, const report::Standings& standings) {
  page.element("ul", {{"class", "legend"}}, [&] {
    for (const Tone tone : all_tones) {
      const std::uint64_t flows = count(standings, tone);
      if (flows == 0) continue;
      page.element("li", {{"class", class_of(tone)}},
                   fill("{1} {2}", {word(tone), ui::count_text(flows)}));
    }
  });
}

std::vector<Column> flow_columns(const Timeline& timeline) {
  std::vector<Column> columns;
  for (const Span& span : timeline.spans) {
    Column column{.label = timeline.short_name(span), .tip = timeline.name(span), .parts = {}};
    for (const Tone tone : all_tones) {
      const std::uint64_t flows = count(span.figures.standings, tone);
      column.parts.push_back({.value = flows, .style = class_of(tone)});
      if (flows > 0) column.tip += fill(" · {1} {2}", {word(tone), ui::count_text(flows)});
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

std::vector<Column> volume_columns(const Timeline& timeline) {
  std::vector<Column> columns;
  for (const Span& span : timeline.spans) {
    const std::uint64_t bytes = span.figures.volume.bytes;
    columns.push_back({.label = timeline.short_name(span),
                       .tip = fill("{1} · {2}", {timeline.name(span), ui::size_text(bytes)}),
                       .parts = {{.value = bytes, .style = "volume"}}});
  }
  return columns;
}

std::string heading(Step step) {
  switch (step) {
    case Step::day:
      return tr("Day by day");
    case Step::week:
      return tr("Week by week");
    case Step::month:
      return tr("Month by month");
    case Step::year:
      return tr("Year by year");
  }
  return {};
}

/// What came, newest first; spans without a flow are left out.
NumberTable table_of(const Timeline& timeline) {
  NumberTable table{.caption = tr("Flows and volume in numbers"),
                    .header = {tr("Period"), tr("Flows"), tr("Bordereaux"), tr("Volume")},
                    .rows = {}};
  for (const Tone tone : all_tones) table.header.push_back(word(tone));
  for (auto span = timeline.spans.rbegin(); span != timeline.spans.rend(); ++span) {
    const report::Volume& volume = span->figures.volume;
    if (volume.flows == 0) continue;
    std::vector<std::string> cells{timeline.name(*span), ui::count_text(volume.flows),
                                   ui::count_text(volume.bordereaux), ui::size_text(volume.bytes)};
    for (const Tone tone : all_tones) {
      cells.push_back(ui::count_text(count(span->figures.standings, tone)));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

void write_days(Markup& page, const ReportContent& content) {
  const Timeline all = timeline(content.figures, content.scope);
  const report::Volume& volume = content.figures.volume;
  write_section(page, "days", heading(all.step), [&] {
    page.element("h3", tr("Flows created, by what became of them"));
    write_legend(page, content.figures.standings);
    draw_columns(
        page,
        {.id = "chart-days",
         .title = tr("Flows created, by what became of them"),
         .description = say("{1} flows from {2} to {3}; the numbers are in the table below.",
                            {ui::count_text(volume.flows), all.name(all.spans.front()),
                             all.name(all.spans.back())})},
        flow_columns(all), ui::count_text);
    page.element("h3", tr("Volume of their files"));
    draw_columns(page,
                 {.id = "chart-volume",
                  .title = tr("Volume of their files"),
                  .description = say("{1} in all; the numbers are in the table below.",
                                     {ui::size_text(volume.bytes)})},
                 volume_columns(all), ui::size_text);
    write_folded_table(page, table_of(all));
  });
}

}  // namespace pes::cmd
