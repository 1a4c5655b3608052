#include "report/layout.hpp"
#include "report/matters.hpp"
#include "report/sections.hpp"
#include "ui/language.hpp"
#include "ui/numbers.hpp"

namespace pes::cmd {

namespace {

std::string_view style(report::Concern concern) {
  switch (concern) {
    case report::Concern::fate_unknown:
    case report::Concern::suspended:
    case report::Concern::failed:
      return "card stopped";
    case report::Concern::rejected:
      return "card refused";
    case report::Concern::late:
      return "card under-way";
  }
  return "card";
}

/// Its number when it is not declared any more.
std::string denomination(const EntityTree& entities, const std::string& id_e) {
  for (const Entity& entity : entities.all()) {
    if (entity.id_e == id_e) return entity.denomination;
  }
  return id_e;
}

/// Identifier, entity where there are several, last state and since when.
std::string known(const Dossier& dossier, const EntityTree& entities) {
  std::string text = dossier.id_d.text();
  if (entities.all().size() > 1) text += " · " + denomination(entities, dossier.id_e);
  return text + " · " + std::string(label(dossier.state())) + " · " +
         local_date_time(dossier.last_row().date);
}

void write_matter(Markup& page, const Matter& matter, std::string_view style,
                  const EntityTree& entities) {
  page.element("li", {{"class", style}}, [&] {
    page.element("p", {{"class", "name"}}, matter.dossier.titre());
    page.element("p", {{"class", "quiet"}}, known(matter.dossier, entities));
    if (!matter.why.empty()) page.element("p", {}, matter.why);
    page.element("p", {}, [&] { page.element("code", {}, matter.command); });
  });
}

void write_heading(Markup& page, const std::string& words, std::uint64_t total) {
  page.element("h3", {}, [&] {
    page.text(words);
    page.element("span", {{"class", "count"}}, ui::count_text(total));
  });
}

void write_concern(Markup& page, report::Concern concern, const std::vector<Matter>& matters,
                   std::uint64_t total, const EntityTree& entities) {
  write_heading(page, word(concern), total);
  write_cards(page, matters.size(), [&](std::size_t rank) {
    write_matter(page, matters[rank], style(concern), entities);
  });
  if (total > matters.size()) {
    page.element("p", {{"class", "quiet"}}, [&] {
      page.text(say("and {1} more, not as old:", {ui::count_text(total - matters.size())}) + " ");
      page.element("code", {}, "pes status");
    });
  }
}

void write_unreadable(Markup& page, const std::vector<DossierId>& unreadable) {
  if (unreadable.empty()) return;
  write_heading(page, tr("Cannot be read"), unreadable.size());
  write_cards(page, unreadable.size(), [&](std::size_t rank) {
    const std::string& id = unreadable[rank].text();
    page.element("li", {{"class", "card stopped"}}, [&] {
      page.element("p", {{"class", "name"}}, id);
      page.element("p", {}, [&] { page.element("code", {}, "pes status " + id); });
    });
  });
}

}  // namespace

void write_attention(Markup& page, const ReportContent& content) {
  write_section(page, "attention", tr("What needs attention"), [&] {
    if (count_matters(content.figures) == 0 && content.unreadable.empty()) {
      page.element("p", {{"class", "good"}},
                   tr("Nothing: no dossier waits for a person, and none is late."));
      return;
    }
    for (const report::Concern concern : report::all_concerns) {
      const auto matters = content.matters.find(concern);
      if (matters == content.matters.end()) continue;
      write_concern(page, concern, matters->second, content.figures.attention.at(concern).total,
                    content.entities);
    }
    write_unreadable(page, content.unreadable);
  });
}

}  // namespace pes::cmd
