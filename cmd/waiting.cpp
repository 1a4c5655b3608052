#include "waiting.hpp"

#include "dossier_query.hpp"
#include "dossier_text.hpp"
#include "pes/flow.hpp"
#include "pes/standing.hpp"
#include "ui/dates.hpp"
#include "ui/language.hpp"

#include <algorithm>

namespace pes::cmd {

namespace {

std::string awaited_action(const Dossier& dossier) {
  if (dossier.job) return std::string(button(dossier.job->etat_cible));
  const auto retry = flow::retry_of(dossier);
  return retry ? std::string(button(*retry)) : std::string();
}

std::string when(const Dossier& dossier) {
  const bool is_for_a_person = !dossier.job || dossier.job->is_lock;
  return is_for_a_person ? tr("a person") : local_date_time(dossier.job->next_try);
}

std::string reason(Session& session, const Dossier& dossier) {
  const std::string told =
      dossier.job ? dossier.job->last_message : last_message(session.journal(), dossier);
  return told.empty() ? std::string(label(dossier.state())) : told;
}

Waiting waiting_of(Session& session, const Dossier& dossier) {
  return {.id_d = dossier.id_d,
          .titre = dossier.titre(),
          .action = awaited_action(dossier),
          .when = when(dossier),
          .tries = dossier.job ? std::to_string(dossier.job->nb_try) : std::string(),
          .reason = reason(session, dossier)};
}

}  // namespace

std::vector<Waiting> find_waiting(Session& session, int& status) {
  constexpr std::size_t at_once = 500;
  std::vector<Waiting> all;
  for (DossierQuery query : {DossierQuery{.job = JobFilter::suspended},
                             DossierQuery{.states = states_for_a_person(), .job = JobFilter::none},
                             DossierQuery{.job = JobFilter::planned,
                             .sort = SortColumn::next_try,
                             .order = SortOrder::ascending}}) {
    query.limit = at_once;
    DossierPage page;
    do {
      page = session.store().query(query);
      // What cannot be read is on each page.
      const bool is_first = query.job == JobFilter::suspended && query.offset == 0;
      if (is_first) status = std::max(status, tell_damaged(session, page));
      for (const Dossier& dossier : page.dossiers) all.push_back(waiting_of(session, dossier));
      query.offset += at_once;
    } while (query.offset < page.total);
  }
  return all;
}

ui::Table waiting_table(const std::vector<Waiting>& all) {
  using ui::Table;
  Table table({{tr("Identifier")},
               {"Titre", Table::Cut::middle},
               {tr("Waits for"), Table::Cut::two_lines},
               {tr("From")},
               {tr("Tries"), Table::Cut::never, Table::Shown::with_room},
               {tr("Reason"), Table::Cut::two_lines}});
  for (const Waiting& waiting : all) {
    table.add({waiting.id_d.text(), waiting.titre, waiting.action, waiting.when, waiting.tries,
               waiting.reason});
  }
  return table;
}

}  // namespace pes::cmd
