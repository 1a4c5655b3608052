#include "batch.hpp"
#include "commands.hpp"
#include "dossier_json.hpp"
#include "dossier_query.hpp"
#include "dossier_text.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "session.hpp"
#include "ui/dates.hpp"
#include "ui/language.hpp"

#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct ListOptions {
  ListPage page{.page = "1", .limit = "50", .all = false};
  std::string state;
};

/// `suspended`: a person must let it go on.
std::string state_of(const Job& job, Instant now) {
  if (job.is_lock) return "suspended";
  return is_due(job, now) ? "due" : "planned";
}

std::string state_label(const std::string& state) {
  if (state == "suspended") return tr("suspended");
  return state == "due" ? tr("due") : tr("planned");
}

/// Since when the action waits: its first try or, before that one, the state that it follows.
Instant since(const Dossier& dossier) {
  return dossier.job->first_try.value_or(dossier.last_row().date);
}

DossierQuery query(const ListOptions& options, Session& session, Instant now) {
  DossierQuery query = page_query(options.page, session);
  query.sort = SortColumn::next_try;
  query.order = SortOrder::ascending;
  if (options.state == "due") {
    query.due = now;
  } else if (options.state == "planned") {
    query.job = JobFilter::planned;
  } else if (options.state == "suspended") {
    query.job = JobFilter::suspended;
  } else if (options.state.empty()) {
    query.job = JobFilter::any;
  } else {
    throw Error(ErrorCode::usage, say("{1} cannot be {2}", {"--state", options.state}),
                tr("write due, planned or suspended"));
  }
  return query;
}

ui::Table table_of(const DossierPage& page, Instant now) {
  using ui::Table;
  Table table({{tr("Identifier")},
               {"Titre", Table::Cut::middle},
               {tr("Waits for"), Table::Cut::two_lines},
               {tr("State")},
               {tr("Since")},
               {tr("Tries"), Table::Cut::never, Table::Shown::with_room},
               {tr("Next try")},
               {tr("Reason"), Table::Cut::two_lines}});
  for (const Dossier& dossier : page.dossiers) {
    const Job& job = *dossier.job;
    table.add({dossier.id_d.text(), dossier.titre(), std::string(button(job.etat_cible)),
               state_label(state_of(job, now)), local_date_time(since(dossier)),
               std::to_string(job.nb_try),
               job.is_lock ? std::string() : local_date_time(job.next_try), job.last_message});
  }
  return table;
}

void show_json(Session& session, const DossierQuery& query, const DossierPage& page, Instant now) {
  ui::Json document = ui::with_schema("jobs");
  document["total"] = page.total;
  document["page"] = query.offset / query.limit + 1;
  document["limit"] = query.limit;
  document["jobs"] = ui::Json::array();
  for (const Dossier& dossier : page.dossiers) {
    ui::Json row = dossier_row(dossier, session.settings().entities());
    row["state"] = state_of(*dossier.job, now);
    row["since"] = iso8601(since(dossier));
    row["job"] = job_json(dossier);
    document["jobs"].push_back(std::move(row));
  }
  session.console().result_json(document);
}

int list(const ListOptions& options, Session& session) {
  const Instant now = session.clock().now();
  const DossierQuery wanted = query(options, session, now);
  const DossierPage page = session.store().query(wanted);
  const int status = tell_damaged(session, page);
  if (session.console().json()) {
    show_json(session, wanted, page, now);
    return status;
  }
  session.console().result(table_of(page, now));
  if (page.total == 0) session.console().note(tr("no automatic action waits"));
  if (page.total > wanted.offset + page.dossiers.size()) {
    session.console().note(say("{1} of {2}; more with --page and --limit",
                               {std::to_string(page.dossiers.size()), std::to_string(page.total)}));
  }
  return status;
}

ItemOutcome outcome_of(Session& session, const flow::Outcome& made, std::string text) {
  ItemOutcome outcome;
  outcome.changed = made.changed;
  outcome.result = made.changed ? ItemOutcome::Result::done : ItemOutcome::Result::already_done;
  outcome.text = std::move(text);
  outcome.json["dossier"] = dossier_detail(made.dossier, session.settings().entities());
  return outcome;
}

ItemOutcome suspend(Session& session, const DossierId& id, const std::string& why) {
  const flow::Outcome made = flow::suspend(session.services(), id, why);
  const std::string action(button(made.dossier.job->etat_cible));
  return outcome_of(session, made,
                    made.changed ? say("{1}: « {2} » is suspended", {id.text(), action})
                                 : say("{1}: « {2} » was suspended already", {id.text(), action}));
}

ItemOutcome resume(Session& session, const DossierId& id) {
  const flow::Outcome made = flow::resume(session.services(), id);
  return outcome_of(session, made,
                    made.changed ? say("{1}: goes on at the next pes run", {id.text()})
                                 : say("{1}: nothing was suspended", {id.text()}));
}

}  // namespace

void add_jobs(CommandLine& line) {
  auto options = std::make_shared<ListOptions>();
  Command& command =
      line.add("jobs", tr("show the automatic actions that wait, suspend them or let them go on"),
               {.examples = {"pes jobs", "pes jobs --state suspended --all"}},
               [options](Session& session) { return list(*options, session); });
  command.add_option("--state", options->state, tr("only those that are so"))
      .type_name("{due | planned | suspended}");
  command.add_flag("--all", options->page.all, tr("of all entities"));
  command.add_option("--page", options->page.page, tr("page number, from 1")).type_name("<number>");
  command.add_option("--limit", options->page.limit, tr("actions on a page")).type_name("<number>");

  auto resumed = std::make_shared<BatchOptions>();
  Command& resuming = command.add_below(
      "resume", tr("let suspended actions go on"), {.examples = {"pes jobs resume O5uC72H"}},
      [resumed](Session& session) {
        return run_dossiers(session, "jobs-resume", with_standard_input(*resumed),
                            [&](const DossierId& id) { return resume(session, id); });
      });
  add_batch_options(resuming, *resumed);

  auto suspended = std::make_shared<BatchOptions>();
  auto why = std::make_shared<std::string>();
  Command& suspending = command.add_below(
      "suspend", tr("hold automatic actions back until somebody resumes them"),
      {.examples = {"pes jobs suspend O5uC72H --reason 'budget à revoir'"}},
      [suspended, why](Session& session) {
        return run_dossiers(session, "jobs-suspend", with_standard_input(*suspended),
                            [&](const DossierId& id) { return suspend(session, id, *why); });
      });
  add_batch_options(suspending, *suspended);
  suspending.add_option("--reason", *why, tr("why, for whoever finds it so")).type_name("<text>");
}

}  // namespace pes::cmd
