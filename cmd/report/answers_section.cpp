#include "report/charts.hpp"
#include "report/layout.hpp"
#include "report/sections.hpp"
#include "ui/language.hpp"
#include "ui/numbers.hpp"

namespace pes::cmd {

namespace {

std::string name(const report::AnswerTimes::Range& range) {
  if (!range.to) return say("{1} and more", {ui::duration_text(range.from)});
  if (range.from.count() == 0) return say("under {1}", {ui::duration_text(*range.to)});
  return say("{1} to {2}", {ui::duration_text(range.from), ui::duration_text(*range.to)});
}

std::vector<Bar> bars_of(const std::vector<report::AnswerTimes::Range>& ranges) {
  std::vector<Bar> bars;
  bars.reserve(ranges.size());
  for (const auto& range : ranges) {
    bars.push_back({.label = name(range),
                    .value = range.flows,
                    .shown = ui::count_text(range.flows),
                    .style = "time"});
  }
  return bars;
}

NumberTable table_of(const report::AnswerTimes& times) {
  NumberTable table{.caption = tr("Acquits by the time they took"),
                    .header = {tr("Time"), tr("Flows"), tr("So far")},
                    .rows = {}};
  std::uint64_t so_far = 0;
  for (const auto& range : times.distribution()) {
    so_far += range.flows;
    table.rows.push_back(
        {name(range), ui::count_text(range.flows), ui::percent_text(so_far, times.count())});
  }
  return table;
}

/// « Médiane 3 h 20 min ; neuf sur dix en 1 j 2 h. »
std::string summary(const report::AnswerTimes& times) {
  constexpr unsigned half = 50;
  constexpr unsigned nine_tenths = 90;
  return say("Half of the acquits came within {1}, nine in ten within {2}.",
             {ui::duration_text(*times.percentile(half)),
              ui::duration_text(*times.percentile(nine_tenths))});
}

std::string standing(const report::Acquits& acquits) {
  return say(
      "Acquittement OK: {1} · Acquittement KO: {2} · not answered yet: {3}",
      {ui::count_text(acquits.ok), ui::count_text(acquits.ko), ui::count_text(acquits.awaited)});
}

}  // namespace

void write_answers(Markup& page, const ReportContent& content) {
  const report::Acquits& acquits = content.figures.acquits;
  write_section(page, "answers", tr("How long acquits take"), [&] {
    if (acquits.times.count() == 0) {
      page.element("p", {{"class", "quiet"}}, tr("No acquit has come yet."));
      page.element("p", {{"class", "quiet"}}, standing(acquits));
      return;
    }
    page.element("p", summary(acquits.times));
    page.element("p", {{"class", "quiet"}}, standing(acquits));
    write_pair(
        page,
        [&] {
          draw_bars(page,
                    {.id = "chart-answers",
                     .title = tr("Acquits by the time they took"),
                     .description = summary(acquits.times)},
                    bars_of(acquits.times.distribution()));
        },
        table_of(acquits.times));
    page.element("p", {{"class", "quiet"}},
                 tr("From the sending to the TdT until the acquit was fetched here."));
  });
}

}  // namespace pes::cmd
