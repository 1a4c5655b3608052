#include "batch.hpp"
#include "commands.hpp"
#include "dossier_text.hpp"
#include "following.hpp"
#include "pes/dossier_query.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "run_due.hpp"
#include "session.hpp"
#include "stamping.hpp"
#include "ui/language.hpp"
#include "workers.hpp"

#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  BatchOptions batch;
  bool once = false;
  bool watch = false;
  std::string jobs, metrics;
};

/// The retry button of a dossier that waits for a person, and then what is due.
ItemOutcome run_one(Session& session, const DossierId& id) {
  flow::Services& services = session.services();
  bool changed = false;
  if (const auto retry = flow::retry_of(services.store.read(id))) {
    if (*retry == Action::send_archive) {
      throw Error(ErrorCode::state_forbids,
                  say("dossier {1} waits for a new deposit in the SAE", {id.text()}),
                  say("to order it: pes archive {1}", {id.text()}));
    }
    changed = flow::order(services, id, *retry).changed;
  }
  const flow::Step step = follow(session, id, Wait::no);
  tell_what_follows(session, step);
  return outcome_of(session, step, Wait::no, changed);
}

/// What would be done now, as far as the states tell.
int rehearse(Session& session) {
  BatchReport report(session.console(), "run");
  DossierQuery due{.due = session.clock().now(),
                   .sort = SortColumn::next_try,
                   .order = SortOrder::ascending,
                   .limit = 100};
  DossierPage page;
  do {
    page = session.store().query(due);
    for (const Dossier& dossier : page.dossiers) {
      const Action action = dossier.job->etat_cible;
      ItemOutcome outcome;
      outcome.text = fill("{1} : {2}", {dossier.id_d.text(), button(action)});
      outcome.json = {{"etat_cible", std::string(pes::id(action))}, {"dry_run", true}};
      report.add(dossier.id_d.text(), ItemKind::dossier, outcome);
    }
    due.offset += due.limit;
  } while (due.offset < page.total);
  for (const auto& [id, error] : page.damaged) {
    report.add(id.text(), ItemKind::dossier, ItemOutcome::failure(error));
  }
  return report.finish(0);
}

void require_sense(const Options& options, const Session& session) {
  const auto clash = [](const char* one, const char* other) {
    throw Error(ErrorCode::usage, say("{1} and {2} exclude each other", {one, other}));
  };
  const auto without_dossiers = [](const char* option) {
    throw Error(ErrorCode::usage, say("{1} does not go with named dossiers", {option}),
                tr("leave them out to see everything that is due"));
  };
  const bool has_dossiers = !options.batch.items.empty();
  if (options.once && options.watch) clash("--once", "--watch");
  if (options.watch && session.options().dry_run) clash("--watch", "--dry-run");
  if (!has_dossiers && options.batch.fail_fast) {
    throw Error(ErrorCode::usage, say("{1} goes with named dossiers", {"--fail-fast"}));
  }
  if (!has_dossiers) return;
  if (session.options().dry_run) without_dossiers("--dry-run");
  if (options.once) without_dossiers("--once");
  if (options.watch) without_dossiers("--watch");
  if (!options.jobs.empty()) without_dossiers("--jobs");
  if (!options.metrics.empty()) without_dossiers("--metrics");
}

int run_named(const BatchOptions& options, Session& session) {
  const int status = run_dossiers(session, "run", with_standard_input(options),
                                  [&](const DossierId& id) { return run_one(session, id); });
  stamp_events(session);
  return status;
}

int run(const Options& options, Session& session) {
  require_sense(options, session);
  const std::size_t jobs = options.jobs.empty() ? 1 : parse_jobs(options.jobs);
  if (!options.batch.items.empty()) return run_named(options.batch, session);
  if (session.options().dry_run) return rehearse(session);
  using Until = flow::DueQueue::Until;
  return run_due(session, {.until = options.watch ? Until::clock_ends : Until::all_is_done,
                           .jobs = jobs,
                           .metrics = options.metrics});
}

}  // namespace

void add_run(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("run", tr("do all automatic actions that are due"),
                              {.examples = {"pes run", "pes run --jobs 4", "pes run O5uC72H"},
                               .dry_run = Stance::obeys,
                               .timeout = Stance::obeys},
                              [options](Session& session) { return run(*options, session); });
  command
      .add_option("dossier", options->batch.items,
                  tr("only these, retrying what waits for a person; - for standard input"))
      .type_name("<dossier>");
  command.add_flag("--once", options->once,
                   tr("what is due now, for cron; so it is without an option"));
  command.add_flag("--watch", options->watch,
                   tr("stay, and do what becomes due: a service; until SIGTERM"));
  command.add_option("--jobs", options->jobs, tr("dossiers worked on at a time; 1"))
      .type_name("<number>");
  command
      .add_option("--metrics", options->metrics,
                  tr("figures for Prometheus: served at host:port, or written to a file"))
      .type_name("<address-or-file>");
  command.add_flag("--fail-fast", options->batch.fail_fast, tr("stop at the first failure"));
}

}  // namespace pes::cmd
