#include "report/matters.hpp"

#include "dossier_text.hpp"
#include "ui/language.hpp"

#include <numeric>

namespace pes::cmd {

namespace {

/// An automatic action that nobody did is no silence of a service.
bool is_overdue(const Dossier& dossier, Instant now) {
  constexpr std::chrono::hours patience{1};
  return dossier.job && dossier.job->next_try + patience < now;
}

Matter late(const Dossier& dossier, Instant now) {
  if (is_overdue(dossier, now)) {
    return {dossier,
            say("« {1} » has been due since {2}, and no pes run came by",
                {button(dossier.job->etat_cible), local_date_time(dossier.job->next_try)}),
            "pes run " + dossier.id_d.text()};
  }
  return {dossier, say("no answer since {1}", {local_date_time(dossier.last_row().date)}),
          "pes status " + dossier.id_d.text()};
}

Matter matter(const Dossier& dossier, report::Concern concern, const port::Journal& journal,
              Instant now) {
  if (concern == report::Concern::late) return late(dossier, now);
  const std::string message = last_message(journal, dossier);
  const auto error = trouble(dossier, message);
  return {dossier, error ? error->message() : message, next_command(dossier)};
}

}  // namespace

std::map<report::Concern, std::vector<Matter>> matters_of(const report::Figures& figures,
                                                          const port::Journal& journal,
                                                          Instant now) {
  std::map<report::Concern, std::vector<Matter>> matters;
  for (const auto& [concern, concerned] : figures.attention) {
    for (const auto& [date, dossier] : concerned.oldest) {
      matters[concern].push_back(matter(dossier, concern, journal, now));
    }
  }
  return matters;
}

std::string word(report::Concern concern) {
  switch (concern) {
    case report::Concern::fate_unknown:
      return tr("Fate unknown");
    case report::Concern::suspended:
      return tr("Waiting for a person");
    case report::Concern::failed:
      return tr("Failed");
    case report::Concern::rejected:
      return tr("Rejected by the SAE");
    case report::Concern::late:
      return tr("Without news for more than 48 hours");
  }
  return {};
}

std::uint64_t count_matters(const report::Figures& figures) {
  return std::accumulate(
      figures.attention.begin(), figures.attention.end(), std::uint64_t{0},
      [](std::uint64_t sum, const auto& entry) { return sum + entry.second.total; });
}

}  // namespace pes::cmd
