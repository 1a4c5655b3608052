#include "batch.hpp"
#include "commands.hpp"
#include "dossier_text.hpp"
#include "exit_status.hpp"
#include "following.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "session.hpp"
#include "stamping.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace pes::cmd {

namespace {

/// Everything that is due.
int run_all(Session& session) {
  const Instant started = session.clock().now();
  const flow::Partners partners = session.connections().partners();
  const flow::RunReport run = flow::run(session.services(), partners);
  BatchReport report(session.console(), "run");
  for (const flow::Step& step : run.steps) {
    const bool changed = step.dossier.last_row().date >= started;
    report.add(step.dossier.id_d.text(), ItemKind::dossier,
               outcome_of(session, step, Wait::no, changed));
  }
  stamp_events(session);
  for (const auto& [id, error] : run.errors)
    report.add(id.text(), ItemKind::dossier, ItemOutcome::failure(error));
  if (run.steps.empty() && run.errors.empty()) session.console().note(tr("nothing is due"));
  return report.finish(run.not_started);
}

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
  const Instant now = session.clock().now();
  BatchReport report(session.console(), "run");
  const DueDossiers due = session.store().due(now, std::numeric_limits<std::int32_t>::max());
  for (const DossierId& id : due.ids) {
    const Dossier dossier = session.store().read(id);
    if (!dossier.job || dossier.job->is_lock || dossier.job->next_try > now) continue;
    ItemOutcome outcome;
    outcome.text = fill("{1} : {2}", {id.text(), button(dossier.job->etat_cible)});
    outcome.json = {{"etat_cible", std::string(pes::id(dossier.job->etat_cible))},
                    {"dry_run", true}};
    report.add(id.text(), ItemKind::dossier, outcome);
  }
  for (const auto& [id, error] : due.damaged) {
    report.add(id.text(), ItemKind::dossier, ItemOutcome::failure(error));
  }
  return report.finish(0);
}

int run(const BatchOptions& options, Session& session) {
  if (!options.items.empty()) {
    if (session.options().dry_run) {
      throw Error(ErrorCode::usage, say("{1} does not go with named dossiers", {"--dry-run"}),
                  tr("leave them out to see everything that is due"));
    }
    const int status = run_dossiers(session, "run", with_standard_input(options),
                                    [&](const DossierId& id) { return run_one(session, id); });
    stamp_events(session);
    return status;
  }
  if (options.fail_fast) {
    throw Error(ErrorCode::usage, say("{1} goes with named dossiers", {"--fail-fast"}));
  }
  return session.options().dry_run ? rehearse(session) : run_all(session);
}

}  // namespace

void add_run(CommandLine& line) {
  auto options = std::make_shared<BatchOptions>();
  CLI::App& command = line.add("run", tr("do all automatic actions that are due (for cron)"),
                               {.examples = {"pes run", "pes run O5uC72H"},
                                .dry_run = Stance::obeys,
                                .timeout = Stance::obeys},
                               [options](Session& session) { return run(*options, session); });
  command
      .add_option("dossier", options->items,
                  tr("only these, retrying what waits for a person; - for standard input"))
      ->type_name("<dossier>");
  command.add_flag("--fail-fast", options->fail_fast, tr("stop at the first failure"));
}

}  // namespace pes::cmd
