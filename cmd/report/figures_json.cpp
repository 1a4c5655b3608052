#include "report/figures_json.hpp"

#include "dossier_json.hpp"
#include "report/matters.hpp"

namespace pes::cmd {

namespace {

using ui::Json;

Json date_or_null(const std::optional<Instant>& instant) {
  return instant ? Json(iso8601(*instant)) : Json(nullptr);
}

Json seconds_or_null(const std::optional<std::chrono::seconds>& time) {
  return time ? Json(time->count()) : Json(nullptr);
}

Json standings_json(const report::Standings& standings) {
  Json result = Json::object();
  for (const Standing standing : all_standings) {
    const auto found = standings.find(standing);
    result[std::string(id(standing))] = found == standings.end() ? 0 : found->second;
  }
  return result;
}

Json volume_json(const report::Volume& volume) {
  return {{"flows", volume.flows}, {"bordereaux", volume.bordereaux}, {"bytes", volume.bytes}};
}

Json states_json(const report::Figures& figures) {
  Json result = Json::array();
  for (const auto& [state, flows] : figures.states) {
    result.push_back({{"last_action", std::string(id(state))},
                      {"last_action_libelle", std::string(label(state))},
                      {"flows", flows}});
  }
  return result;
}

Json days_json(const report::Figures& figures) {
  Json result = Json::array();
  for (const auto& [day, of_day] : figures.days) {
    constexpr std::size_t date_alone = 10;
    Json line{{"day", iso8601(day).substr(0, date_alone)}};
    line.update(volume_json(of_day.volume));
    line["standings"] = standings_json(of_day.standings);
    result.push_back(std::move(line));
  }
  return result;
}

Json acquits_json(const report::Acquits& acquits) {
  Json distribution = Json::array();
  for (const auto& range : acquits.times.distribution()) {
    distribution.push_back(
        {{"from", range.from.count()}, {"to", seconds_or_null(range.to)}, {"flows", range.flows}});
  }
  constexpr unsigned half = 50;
  constexpr unsigned nine_tenths = 90;
  return {{"ok", acquits.ok},
          {"ko", acquits.ko},
          {"awaited", acquits.awaited},
          {"timed", acquits.times.count()},
          {"median", seconds_or_null(acquits.times.percentile(half))},
          {"percentile_90", seconds_or_null(acquits.times.percentile(nine_tenths))},
          {"distribution", distribution}};
}

Json refusals_json(const report::Refusals& refusals) {
  Json reasons = Json::array();
  for (const auto& [reason, count] : most_frequent_first(refusals)) {
    reasons.push_back({{"num_ano", ui::text_or_null(reason.num_ano)},
                       {"number", ui::text_or_null(reason.number)},
                       {"signification", ui::text_or_null(reason.words)},
                       {"bordereaux", count.bordereaux},
                       {"others", count.others},
                       {"flows", count.flows}});
  }
  Json latest = Json::array();
  for (auto entry = refusals.latest.rbegin(); entry != refusals.latest.rend(); ++entry) {
    latest.push_back(entry->second.id_d.text());
  }
  return {{"flows", refusals.all.flows},
          {"bordereaux", refusals.all.bordereaux},
          {"others", refusals.all.others},
          {"unreadable_acquits", refusals.unreadable_acquits},
          {"reasons", reasons},
          {"latest", latest}};
}

Json matter_json(const Matter& matter, const EntityTree& entities) {
  Json line = dossier_row(matter.dossier, entities);
  line["message"] = ui::text_or_null(matter.why);
  line["command"] = matter.command;
  return line;
}

Json attention_json(const ReportContent& content) {
  Json result = Json::array();
  for (const auto& [concern, concerned] : content.figures.attention) {
    Json dossiers = Json::array();
    for (const Matter& matter : content.matters.at(concern)) {
      dossiers.push_back(matter_json(matter, content.entities));
    }
    result.push_back({{"concern", std::string(id(concern))},
                      {"flows", concerned.total},
                      {"dossiers", dossiers}});
  }
  return result;
}

Json unreadable_json(const std::vector<DossierId>& unreadable) {
  Json result = Json::array();
  for (const DossierId& id : unreadable) result.push_back(id.text());
  return result;
}

}  // namespace

Json figures_json(const ReportContent& content) {
  const report::Scope& scope = content.scope;
  const report::Figures& figures = content.figures;
  Json document = ui::with_schema("report");
  document["date"] = iso8601(scope.now);
  document["id_e"] = ui::text_or_null(scope.id_e.value_or(""));
  document["since"] = date_or_null(scope.since);
  document["until"] = date_or_null(scope.until);
  document["volume"] = volume_json(figures.volume);
  document["standings"] = standings_json(figures.standings);
  document["states"] = states_json(figures);
  document["days"] = days_json(figures);
  document["acquits"] = acquits_json(figures.acquits);
  document["refusals"] = refusals_json(figures.refusals);
  document["attention"] = attention_json(content);
  document["unreadable"] = unreadable_json(content.unreadable);
  return document;
}

}  // namespace pes::cmd
