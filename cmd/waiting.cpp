#include "waiting.hpp"

#include "exit_status.hpp"
#include "pes/flow.hpp"
#include "pes/standing.hpp"
#include "ui/dates.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <map>

namespace pes::cmd {

namespace {

bool waits(const Dossier& dossier) {
  if (dossier.job) return true;
  switch (standing_of(dossier)) {
    case Standing::rejected:
    case Standing::tdt_error:
    case Standing::failed:
    case Standing::suspended:
    case Standing::fate_unknown:
      return true;
    case Standing::draft:
    case Standing::under_way:
    case Standing::finished:
    case Standing::refused:
      return false;
  }
  return false;
}

/// What waits without a job has its reason in the event of its last state. One reading of the
/// journal for all of them.
void add_reasons_from_journal(Session& session, std::vector<Waiting>& all) {
  std::map<std::uint64_t, std::string*> wanted;
  for (Waiting& waiting : all) {
    if (!waiting.dossier.job) {
      wanted.emplace(waiting.dossier.last_row().id_j, &waiting.reason);
    }
  }
  if (wanted.empty()) return;
  const std::uint64_t last = wanted.rbegin()->first;
  session.journal().visit(0, [&](const Event& event) {
    const auto found = wanted.find(event.id_j);
    if (found != wanted.end()) *found->second = event.message;
    return event.id_j < last;
  });
}

/// The button that is pressed by itself or, when nothing is, by a person.
std::string awaited_action(const Dossier& dossier) {
  if (dossier.job) return std::string(button(dossier.job->etat_cible));
  const auto retry = flow::retry_of(dossier);
  return retry ? std::string(button(*retry)) : std::string();
}

std::string when(const Waiting& waiting) {
  if (waiting.is_for_a_person()) return tr("a person");
  return local_date_time(waiting.dossier.job->next_try);
}

}  // namespace

bool Waiting::is_for_a_person() const { return !dossier.job || dossier.job->is_lock; }

std::vector<Waiting> find_waiting(Session& session, int& status) {
  std::vector<Waiting> all;
  session.store().visit(
      [&](const Dossier& dossier) {
        if (!waits(dossier)) return;
        all.push_back({dossier, dossier.job ? dossier.job->last_message : std::string()});
      },
      [&](const DossierId& id, const Error& error) {
        session.console().error(error, id.text());
        status = exit_status_of(error.code());
      });
  add_reasons_from_journal(session, all);
  std::stable_sort(all.begin(), all.end(), [](const Waiting& a, const Waiting& b) {
    if (a.is_for_a_person() || b.is_for_a_person()) {
      return a.is_for_a_person() && !b.is_for_a_person();
    }
    return a.dossier.job->next_try < b.dossier.job->next_try;
  });
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
    const Dossier& dossier = waiting.dossier;
    table.add({dossier.id_d.text(), dossier.titre(), awaited_action(dossier), when(waiting),
               dossier.job ? std::to_string(dossier.job->nb_try) : std::string(),
               waiting.reason.empty() ? std::string(label(dossier.state())) : waiting.reason});
  }
  return table;
}

}  // namespace pes::cmd
