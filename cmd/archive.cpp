#include "batch.hpp"
#include "commands.hpp"
#include "confirmation.hpp"
#include "dossier_text.hpp"
#include "dry_run.hpp"
#include "following.hpp"
#include "pes/flow.hpp"
#include "session.hpp"
#include "stamping.hpp"
#include "ui/language.hpp"

#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  BatchOptions batch;
  bool wait = false;
};

flow::Outcome order(flow::Services& services, const DossierId& id) {
  return flow::order(services, id, Action::send_archive);
}

ItemOutcome rehearse(Session& session, const DossierId& id) {
  const flow::Outcome would_be =
      rehearsed(session, [&](flow::Services& services) { return order(services, id); });
  ItemOutcome outcome;
  outcome.result = would_be.changed ? ItemOutcome::Result::done : ItemOutcome::Result::already_done;
  outcome.text = would_be.changed ? say("{1}, would be archived", {id.text()})
                                  : say("{1}, ordered before", {standing(would_be.dossier)});
  outcome.json["dry_run"] = true;
  return outcome;
}

ItemOutcome archive(const Options& options, Session& session, const DossierId& id) {
  const flow::Outcome ordered = order(session.services(), id);
  const Wait wait = options.wait ? Wait::until_rest : Wait::no;
  const flow::Step step = follow(session, id, wait);
  tell_what_follows(session, step);
  return outcome_of(session, step, wait, ordered.changed);
}

int run(const Options& options, Session& session) {
  const BatchOptions batch = with_standard_input(options.batch);
  if (session.options().dry_run) {
    return run_dossiers(session, "archive", batch,
                        [&](const DossierId& id) { return rehearse(session, id); });
  }
  confirm_batch(session, batch.items, tr("deposit in the SAE"), order);
  const int status = run_dossiers(session, "archive", batch, [&](const DossierId& id) {
    return archive(options, session, id);
  });
  stamp_events(session);
  return status;
}

}  // namespace

void add_archive(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command =
      line.add("archive", tr("deposit dossiers in the SAE again, after an error or a rejection"),
               {.examples = {"pes archive O5uC72H", "pes archive O5uC72H --wait --yes"},
                .dry_run = Stance::obeys,
                .timeout = Stance::obeys,
                .dossiers_allowing = Action::send_archive},
               [options](Session& session) { return run(*options, session); });
  add_batch_options(command, options->batch);
  command.add_flag("--wait", options->wait, tr("stay until the answers have come"));
}

}  // namespace pes::cmd
