#include "batch.hpp"
#include "commands.hpp"
#include "confirmation.hpp"
#include "dossier_json.hpp"
#include "dossier_text.hpp"
#include "dry_run.hpp"
#include "exit_status.hpp"
#include "following.hpp"
#include "pes/error.hpp"
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
  std::string resend, transaction;
};

flow::Outcome order(const Options& options, flow::Services& services, const DossierId& id) {
  if (!options.resend.empty()) return flow::resend(services, id, options.resend);
  if (!options.transaction.empty()) {
    return flow::adopt_transaction(services, id, options.transaction);
  }
  return flow::send(services, id);
}

const char* effect(const Options& options) {
  if (!options.resend.empty()) return tr("send again what may have arrived already");
  if (!options.transaction.empty()) return tr("take note of the TdT's number");
  return tr("send to the TdT");
}

void require_coherent(const Options& options, const BatchOptions& batch) {
  const bool decision = !options.resend.empty() || !options.transaction.empty();
  if (decision && batch.items.size() != 1) {
    throw Error(ErrorCode::usage, tr("a sending of unknown fate is decided for one dossier alone"),
                tr("name that dossier only"));
  }
  if (!options.resend.empty() && !options.transaction.empty()) {
    throw Error(ErrorCode::usage,
                say("{1} and {2} contradict each other", {"--resend", "--transaction"}));
  }
}

ItemOutcome rehearse(const Options& options, Session& session, const DossierId& id) {
  const flow::Outcome would_be =
      rehearsed(session, [&](flow::Services& services) { return order(options, services, id); });
  const flow::CheckReport report = flow::check(session.services(), id);
  ItemOutcome outcome;
  outcome.result = would_be.changed ? ItemOutcome::Result::done : ItemOutcome::Result::already_done;
  outcome.text = would_be.changed ? say("{1}, would be sent", {id.text()})
                                  : say("{1}, sent before", {standing(would_be.dossier)});
  if (would_be.changed && !report.sendable()) {
    outcome.result = ItemOutcome::Result::refused;
    outcome.status = exit_status::input_refused;
    outcome.text = say("{1}, would be refused by the TdT: pes check {1}", {id.text()});
  }
  outcome.json["dry_run"] = true;
  return outcome;
}

/// The order is recorded; what it asks for is done here with --wait, by `pes run` without.
flow::Step after_order(const Options& options, Session& session, const Dossier& ordered) {
  if (options.wait) return follow(session, ordered.id_d, Wait::until_rest);
  return {.result = flow::Step::Result::unchanged, .dossier = ordered, .error = std::nullopt};
}

ItemOutcome send(const Options& options, Session& session, const DossierId& id) {
  const flow::Outcome ordered = order(options, session.services(), id);
  const flow::Step step = after_order(options, session, ordered.dossier);
  tell_what_follows(session, step);
  return outcome_of(session, step, options.wait ? Wait::until_rest : Wait::no, ordered.changed);
}

int run(const Options& options, Session& session) {
  const BatchOptions batch = with_standard_input(options.batch);
  require_coherent(options, batch);
  if (session.options().dry_run) {
    return run_dossiers(session, "send", batch,
                        [&](const DossierId& id) { return rehearse(options, session, id); });
  }
  confirm_batch(
      session, batch.items, effect(options),
      [&](flow::Services& services, const DossierId& id) { return order(options, services, id); });
  const int status = run_dossiers(session, "send", batch,
                                  [&](const DossierId& id) { return send(options, session, id); });
  stamp_events(session);
  return status;
}

}  // namespace

void add_send(CommandLine& line) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      line.add("send", tr("send dossiers to the TdT, then archive them when it has answered"),
               {.examples = {"pes send O5uC72H", "pes send O5uC72H --wait --yes --timeout 5m"},
                .dry_run = Stance::obeys,
                .timeout = Stance::obeys,
                .dossiers_allowing = Action::orientation},
               [options](Session& session) { return run(*options, session); });
  add_batch_options(command, options->batch);
  command.add_flag("--wait", options->wait, tr("stay until the answers have come"));
  command
      .add_option("--transaction", options->transaction,
                  tr("after a sending of unknown fate: its number, read on the TdT's page"))
      ->type_name("<number>");
  command
      .add_option("--resend", options->resend,
                  tr("after a sending of unknown fate that did not arrive: send it again"))
      ->type_name("<attempt>");
}

}  // namespace pes::cmd
