#include "report/timeline.hpp"

#include "ui/dates.hpp"
#include "ui/language.hpp"

#include <algorithm>

namespace pes::cmd {

namespace {

using report::Day;
using std::chrono::days;
using std::chrono::year_month_day;

struct Bounds {
  Day first, last;
};

Bounds bounds(const report::Figures& figures, const report::Scope& scope) {
  const Day today = scope.day_of(scope.now);
  Day first = scope.since ? scope.day_of(*scope.since) : today;
  Day last = scope.until ? std::min(scope.day_of(*scope.until), today) : today;
  if (!figures.days.empty()) {
    if (!scope.since) first = figures.days.begin()->first;
    last = std::max(last, figures.days.rbegin()->first);
  }
  // Fewer columns would not show what a day usually has.
  constexpr days at_least(6);
  return {.first = std::min(first, last - at_least), .last = last};
}

Step step_of(const Bounds& bounds) {
  constexpr auto columns = 45;
  const auto length = (bounds.last - bounds.first).count() + 1;
  if (length <= columns) return Step::day;
  if (length <= columns * 7) return Step::week;
  return length <= columns * 31 ? Step::month : Step::year;
}

/// Of what `day` is in.
Day beginning(Day day, Step step) {
  const year_month_day date(day);
  switch (step) {
    case Step::day:
      return day;
    case Step::week:
      return day - (std::chrono::weekday(day) - std::chrono::Monday);
    case Step::month:
      return date.year() / date.month() / 1;
    case Step::year:
      return date.year() / 1 / 1;
  }
  return day;
}

Day next(Day from, Step step) {
  const year_month_day date(from);
  switch (step) {
    case Step::day:
      return from + days(1);
    case Step::week:
      return from + days(7);
    case Step::month:
      return date + std::chrono::months(1);
    case Step::year:
      return date + std::chrono::years(1);
  }
  return from + days(1);
}

void add(report::DayFigures& sum, const report::DayFigures& day) {
  sum.volume.flows += day.volume.flows;
  sum.volume.bordereaux += day.volume.bordereaux;
  sum.volume.bytes += day.volume.bytes;
  for (const auto& [standing, flows] : day.standings) sum.standings[standing] += flows;
}

}  // namespace

Timeline timeline(const report::Figures& figures, const report::Scope& scope) {
  const Bounds all = bounds(figures, scope);
  Timeline timeline{.step = step_of(all), .spans = {}};
  auto day = figures.days.begin();
  for (Day from = beginning(all.first, timeline.step); from <= all.last;) {
    const Day end = next(from, timeline.step);
    Span span{.from = from, .figures = {}};
    for (; day != figures.days.end() && day->first < end; ++day) add(span.figures, day->second);
    timeline.spans.push_back(std::move(span));
    from = end;
  }
  return timeline;
}

std::string Timeline::short_name(const Span& span) const {
  const std::string date = ui::day_text(span.from);
  switch (step) {
    case Step::day:
    case Step::week:
      return date.substr(0, std::string_view("dd/mm").size());
    case Step::month:
      return date.substr(std::string_view("dd/").size());
    case Step::year:
      return date.substr(std::string_view("dd/mm/").size());
  }
  return date;
}

std::string Timeline::name(const Span& span) const {
  switch (step) {
    case Step::day:
      return ui::day_text(span.from);
    case Step::week:
      return say("week of {1}", {ui::day_text(span.from)});
    case Step::month:
    case Step::year:
      return short_name(span);
  }
  return short_name(span);
}

}  // namespace pes::cmd
