#include "report/charts.hpp"
#include "report/layout.hpp"
#include "report/sections.hpp"
#include "ui/language.hpp"
#include "ui/numbers.hpp"

namespace pes::cmd {

namespace {

using Reasons = std::vector<std::pair<report::Reason, report::Refused>>;

std::string code(const report::Reason& reason) {
  return reason.number.empty() ? reason.num_ano : reason.num_ano + " " + reason.number;
}

/// Its words, or the code that nobody has words for.
std::string name(const report::Reason& reason) {
  if (!reason.words.empty()) return reason.words;
  return reason.num_ano.empty() ? tr("no reason is given") : code(reason);
}

std::uint64_t refused(const report::Refused& count) { return count.bordereaux + count.others; }

std::vector<Bar> bars_of(const Reasons& reasons) {
  constexpr std::size_t at_most = 10;
  std::vector<Bar> bars;
  for (const auto& [reason, count] : reasons) {
    if (bars.size() == at_most) break;
    bars.push_back({.label = name(reason),
                    .value = refused(count),
                    .shown = ui::count_text(refused(count)),
                    .style = "refused"});
  }
  return bars;
}

NumberTable table_of(const Reasons& reasons) {
  NumberTable table{.caption = tr("What Hélios refused, by reason"),
                    .header = {tr("Code"), tr("Bordereaux"), tr("PJ and others"), tr("Flows")},
                    .rows = {}};
  for (const auto& [reason, count] : reasons) {
    table.rows.push_back({reason.num_ano.empty() ? tr("no reason is given") : code(reason),
                          ui::count_text(count.bordereaux), ui::count_text(count.others),
                          ui::count_text(count.flows)});
  }
  return table;
}

std::string summary(const report::Refused& all) {
  return say(
      "Bordereaux: {1} · PJ and others: {2} · in {3} flows",
      {ui::count_text(all.bordereaux), ui::count_text(all.others), ui::count_text(all.flows)});
}

void write_card(Markup& page, Instant date, const Dossier& dossier) {
  const std::string& id = dossier.id_d.text();
  page.element("li", {{"class", "card refused"}}, [&] {
    page.element("p", {{"class", "name"}}, dossier.titre());
    page.element("p", {{"class", "quiet"}}, fill("{1} · {2}", {id, local_date_time(date)}));
    page.element("p", {}, [&] { page.element("code", {}, fill("pes show {1} --acquit", {id})); });
  });
}

void write_latest(Markup& page, const std::multimap<Instant, Dossier>& latest) {
  page.element("h3", tr("The last ones, and how to read why"));
  auto entry = latest.rbegin();
  write_cards(page, latest.size(), [&](std::size_t) {
    write_card(page, entry->first, entry->second);
    ++entry;
  });
}

}  // namespace

void write_refusals(Markup& page, const ReportContent& content) {
  const report::Refusals& refusals = content.figures.refusals;
  write_section(page, "refusals", tr("What Hélios refused"), [&] {
    if (refusals.latest.empty()) {
      page.element("p", {{"class", "good"}}, tr("Nothing was refused."));
      return;
    }
    page.element("p", {}, summary(refusals.all));
    if (refusals.unreadable_acquits > 0) {
      page.element("p", {},
                   say("Acquits that neither accept nor refuse: {1}",
                       {ui::count_text(refusals.unreadable_acquits)}));
    }
    const Reasons reasons = most_frequent_first(refusals);
    if (!reasons.empty()) {
      write_pair(
          page,
          [&] {
            draw_bars(page,
                      {.id = "chart-refusals",
                       .title = tr("What Hélios refused, by reason"),
                       .description = summary(refusals.all)},
                      bars_of(reasons));
          },
          table_of(reasons));
    }
    write_latest(page, refusals.latest);
  });
}

}  // namespace pes::cmd
