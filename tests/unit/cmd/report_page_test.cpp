#include "report/charts.hpp"
#include "report/markup.hpp"
#include "report/page.hpp"
#include "report/timeline.hpp"
#include "sample.hpp"
#include "ui/dates.hpp"
#include "ui/numbers.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace pes;
using namespace pes::cmd;
using std::chrono::days;

namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::chrono::sys_days day(int year, unsigned month, unsigned number) {
  return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(number);
}

report::Scope scope_at(Instant now) {
  return {.id_e = {}, .since = {}, .until = {}, .now = now, .day_of = [](Instant instant) {
            return std::chrono::floor<days>(instant);
          }};
}

report::Figures figures_on(std::initializer_list<std::chrono::sys_days> with_a_flow) {
  report::Figures figures;
  for (const auto& one : with_a_flow) {
    ++figures.days[one].volume.flows;
    ++figures.volume.flows;
  }
  return figures;
}

ReportContent content_of(const EntityTree& entities, report::Figures figures) {
  return {.scope = scope_at(test::tutorial_start()),
          .figures = std::move(figures),
          .matters = {},
          .unreadable = {},
          .entities = entities};
}

}  // namespace

TEST_SUITE("cmd") {
  TEST_CASE("whatever a text holds, it is shown and not understood") {
    Markup page;
    page.element("p", {{"title", "\"><b>'"}}, "<script>&\"'\x01\xff");

    CHECK(page.page() ==
          "<p title=\"&quot;&gt;&lt;b&gt;&#39;\">&lt;script&gt;&amp;&quot;&#39; ?</p>\n");
  }

  TEST_CASE("a timeline has no gap, and a week at least") {
    const Timeline few = timeline(figures_on({day(2026, 11, 28)}), scope_at(day(2026, 11, 29)));
    CHECK(few.step == Step::day);
    REQUIRE(few.spans.size() == 7);
    CHECK(few.spans.back().from == day(2026, 11, 29));
    CHECK(few.spans[5].figures.volume.flows == 1);
    CHECK(few.name(few.spans[5]) == "28/11/2026");
    CHECK(few.short_name(few.spans[5]) == "28/11");
  }

  TEST_CASE("what is long is told by weeks, months or years, and nothing is lost") {
    const auto now = day(2026, 11, 29);
    for (const auto& [back, step] : {std::pair{days(44), Step::day},
                                     {days(45), Step::week},
                                     {days(400), Step::month},
                                     {days(3000), Step::year}}) {
      const Timeline all = timeline(figures_on({now - back, now}), scope_at(now));
      CHECK(all.step == step);
      CHECK(all.spans.size() <= 46);
      CHECK(all.spans.front().figures.volume.flows == 1);
      CHECK(all.spans.back().figures.volume.flows == 1);
    }
    const Timeline weeks = timeline(figures_on({day(2026, 9, 30)}), scope_at(now));
    CHECK(weeks.spans.front().from == day(2026, 9, 28));  // a Monday
  }

  TEST_CASE("a timeline follows the period, and a flow that a wrong clock dated later") {
    report::Scope scope = scope_at(day(2026, 11, 29));
    scope.since = day(2026, 11, 1);
    CHECK(timeline(figures_on({day(2026, 11, 20)}), scope).spans.front().from == day(2026, 11, 1));
    CHECK(timeline(figures_on({day(2026, 12, 5)}), scope).spans.back().from == day(2026, 12, 5));
    scope.until = day(2026, 11, 20);
    CHECK(timeline(figures_on({day(2026, 11, 15)}), scope).spans.back().from == day(2026, 11, 20));
  }

  TEST_CASE("a chart has its words for who does not see it, and no width of its own") {
    Markup page;
    draw_bars(page, {.id = "c", .title = "T", .description = "D"},
              {{.label = "one", .value = 4, .shown = "4", .style = "finished"},
               {.label = "other", .value = 0, .shown = "0", .style = "refused"}});

    CHECK(holds(page.page(), "role=\"img\" width=\"100%\""));
    CHECK(holds(page.page(), "aria-labelledby=\"c-title c-desc\""));
    CHECK(holds(page.page(), "<title id=\"c-title\">T</title>"));
    CHECK(holds(page.page(), "<desc id=\"c-desc\">D</desc>"));
    CHECK(holds(page.page(), "width=\"74.000%\""));
    CHECK(holds(page.page(), "width=\"0.000%\""));
  }

  TEST_CASE("columns of nothing are drawn as nothing, without a division by zero") {
    Markup page;
    draw_columns(page, {.id = "c", .title = "T", .description = "D"},
                 {{.label = "a", .tip = "a", .parts = {{.value = 0, .style = "volume"}}}},
                 ui::count_text);

    CHECK_FALSE(holds(page.page(), "<rect"));
    CHECK_FALSE(holds(page.page(), "nan"));
    CHECK_FALSE(holds(page.page(), "inf"));
  }

  TEST_CASE("the page of a home without a dossier says so, and draws nothing") {
    const EntityTree entities = test::tutorial_entities();
    const std::string page = report_page(content_of(entities, {}));

    CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    CHECK(holds(page, "There is no flow in this period."));
    CHECK(holds(page, "Nothing: no dossier waits for a person, and none is late."));
    CHECK_FALSE(holds(page, "<svg"));
  }

  TEST_CASE("the page asks for nothing elsewhere and runs nothing") {
    const EntityTree entities = test::tutorial_entities();
    report::Figures figures = figures_on({day(2022, 3, 2)});
    figures.states[Action::creation] = 1;
    figures.standings[Standing::draft] = 1;
    const std::string page = report_page(content_of(entities, std::move(figures)));

    for (const std::string foreign : {"<script", "http:", "https:", "url(", "@import", "src="}) {
      CHECK_FALSE(holds(page, foreign));
    }
    CHECK(holds(page, "<svg"));
  }
}
