#include "report/page.hpp"

#include "pes/version.hpp"
#include "report/markup.hpp"
#include "report/matters.hpp"
#include "report/sections.hpp"
#include "report/tone.hpp"
#include "ui/language.hpp"
#include "ui/numbers.hpp"

namespace pes::cmd {

namespace {

/// Of whom the report is: an entity, the only one, or all.
std::string subject(const ReportContent& content) {
  const auto& all = content.entities.all();
  if (content.scope.id_e) return content.entities.find(*content.scope.id_e).denomination;
  return all.size() == 1 ? all.front().denomination : std::string(tr("All entities"));
}

std::string period(const report::Scope& scope) {
  if (scope.since && scope.until) {
    return say("flows created from {1} to {2}",
               {local_date(*scope.since), local_date(*scope.until)});
  }
  if (scope.since) return say("flows created since {1}", {local_date(*scope.since)});
  if (scope.until) return say("flows created until {1}", {local_date(*scope.until)});
  return tr("all flows");
}

void write_head(Markup& page, const ReportContent& content) {
  page.element("head", {}, [&] {
    page.leaf("meta", {{"charset", "utf-8"}});
    page.leaf("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    // Whatever a title may hold, the page asks nothing of anybody.
    page.leaf("meta",
              {{"http-equiv", "Content-Security-Policy"},
               {"content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:"}});
    page.leaf("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    page.leaf("meta", {{"name", "robots"}, {"content", "noindex"}});
    // Otherwise a browser asks for one where the page came from.
    page.leaf("link", {{"rel", "icon"}, {"href", "data:,"}});
    page.element("title",
                 fill("PES · {1} · {2}", {subject(content), local_date(content.scope.now)}));
    page.element("style", {}, [&] { page.verbatim(report_stylesheet); });
  });
}

void write_header(Markup& page, const ReportContent& content) {
  page.element("header", {}, [&] {
    page.element("p", {{"class", "kind"}}, tr("PES flows: report"));
    page.element("h1", subject(content));
    page.element(
        "p", {{"class", "quiet"}},
        say("{1} · written on {2}", {period(content.scope), local_date_time(content.scope.now)}));
  });
}

void write_tile(Markup& page, std::string_view style, const std::string& number,
                const std::string& words) {
  page.element("li", {{"class", style}}, [&] {
    page.element("span", {{"class", "number"}}, number);
    page.element("span", {{"class", "words"}}, words);
  });
}

/// What is wanted at a glance.
void write_tiles(Markup& page, const ReportContent& content) {
  const report::Figures& figures = content.figures;
  const std::uint64_t flows = figures.volume.flows;
  const std::uint64_t matters = count_matters(figures) + content.unreadable.size();
  constexpr unsigned half = 50;
  const auto median = figures.acquits.times.percentile(half);
  page.element("ul", {{"class", "tiles"}}, [&] {
    write_tile(page, matters == 0 ? "tile" : "tile alert", ui::count_text(matters),
               tr("to look at"));
    write_tile(page, "tile", ui::count_text(flows),
               say("flows · bordereaux: {1} · {2}", {ui::count_text(figures.volume.bordereaux),
                                                     ui::size_text(figures.volume.bytes)}));
    if (flows > 0) {
      write_tile(page, "tile", ui::percent_text(count(figures.standings, Tone::finished), flows),
                 tr("finished"));
    }
    if (median) write_tile(page, "tile", ui::duration_text(*median), tr("median acquit"));
  });
}

void write_sections(Markup& page, const ReportContent& content) {
  write_attention(page, content);
  if (content.figures.volume.flows == 0) {
    page.element("section", {{"id", "empty"}}, [&] {
      page.element("p", {{"class", "quiet"}}, tr("There is no flow in this period."));
    });
    return;
  }
  write_days(page, content);
  write_states(page, content);
  write_answers(page, content);
  write_refusals(page, content);
}

void write_footer(Markup& page) {
  page.element("footer", {}, [&] {
    page.element(
        "p", {},
        tr("Flows count by the day of their creation; what needs attention is told whatever "
           "the period. Dossiers that were deleted are only in the journal."));
    page.element("p", {}, fill("pes {1} · pes report", {version}));
  });
}

}  // namespace

std::string report_page(const ReportContent& content) {
  Markup page;
  page.verbatim("<!DOCTYPE html>\n");
  // The language that the catalogue is written in.
  page.element("html", {{"lang", tr("en")}}, [&] {
    write_head(page, content);
    page.element("body", {}, [&] {
      page.element("main", {}, [&] {
        write_header(page, content);
        write_tiles(page, content);
        write_sections(page, content);
      });
      write_footer(page);
    });
  });
  return page.page();
}

}  // namespace pes::cmd
