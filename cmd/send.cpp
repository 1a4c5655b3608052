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

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pes::cmd {

namespace {

struct Options {
  BatchOptions batch;
  bool wait = false;
  bool no_check = false;
  std::string resend, transaction;
};

/// A person's decision about a sending of unknown fate.
bool is_decision(const Options& options) {
  return !options.resend.empty() || !options.transaction.empty();
}

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
  if (is_decision(options) && batch.items.size() != 1) {
    throw Error(ErrorCode::usage, tr("a sending of unknown fate is decided for one dossier alone"),
                tr("name that dossier only"));
  }
  if (!options.resend.empty() && !options.transaction.empty()) {
    throw Error(ErrorCode::usage,
                say("{1} and {2} contradict each other", {"--resend", "--transaction"}));
  }
}

/// Sent before, or not ready to be: whether it would be refused does not matter, or not yet.
bool would_leave(const Dossier& dossier) {
  const std::vector<Action> possible = flow::possible_actions(dossier);
  return std::find(possible.begin(), possible.end(), Action::orientation) != possible.end();
}

std::string first_error(const std::vector<Finding>& findings) {
  const auto error = std::find_if(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.severity == Severity::error;
  });
  return error == findings.end() ? std::string() : error->message;
}

/// What stops a dossier from leaving: the flow would be refused, and its NomFic could not serve
/// again (tdt §7.1).
std::optional<ItemOutcome> stopped_by_check(const Options& options, Session& session,
                                            const DossierId& id) {
  const flow::Services& services = session.services();
  if (options.no_check || is_decision(options)) return std::nullopt;
  if (!would_leave(services.store.read(id))) return std::nullopt;
  const flow::CheckReport report = flow::check(services, id);
  if (report.sendable()) return std::nullopt;
  ItemOutcome outcome = ItemOutcome::failure(Error(
      ErrorCode::input_invalid,
      say("the flow does not leave, it would be refused: {1}", {first_error(report.findings)}),
      say("see all that is wrong: pes check {1}; to send it all the same: pes send {1} "
          "--no-check",
          {id.text()})));
  outcome.json["findings"] = findings_json(report.findings);
  return outcome;
}

ItemOutcome rehearse(const Options& options, Session& session, const DossierId& id) {
  const flow::Outcome would_be =
      rehearsed(session, [&](flow::Services& services) { return order(options, services, id); });
  if (auto stopped = stopped_by_check(options, session, id)) {
    stopped->json["dry_run"] = true;
    return *stopped;
  }
  ItemOutcome outcome;
  outcome.result = would_be.changed ? ItemOutcome::Result::done : ItemOutcome::Result::already_done;
  outcome.text = would_be.changed ? say("{1}, would be sent", {id.text()})
                                  : say("{1}, sent before", {standing(would_be.dossier)});
  outcome.json["dry_run"] = true;
  return outcome;
}

/// The order is recorded; what it asks for is done here with --wait, by `pes run` without.
flow::Step after_order(const Options& options, Session& session, const Dossier& ordered) {
  if (options.wait) return follow(session, ordered.id_d, Wait::until_rest);
  return {.result = flow::Step::Result::unchanged, .dossier = ordered, .error = std::nullopt};
}

ItemOutcome send(const Options& options, Session& session, const DossierId& id) {
  if (auto stopped = stopped_by_check(options, session, id)) return *stopped;
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
  confirm_batch(session, batch.items, effect(options),
                [&](flow::Services& services, const DossierId& id) {
                  // What will not leave is not asked about.
                  const auto stopped = stopped_by_check(options, session, id);
                  if (stopped) throw Error(*stopped->error);
                  return order(options, services, id);
                });
  const int status = run_dossiers(session, "send", batch,
                                  [&](const DossierId& id) { return send(options, session, id); });
  stamp_events(session);
  return status;
}

}  // namespace

void add_send(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command =
      line.add("send", tr("send dossiers to the TdT, then archive them when it has answered"),
               {.examples = {"pes send O5uC72H", "pes send O5uC72H --wait --yes --timeout 5m"},
                .dry_run = Stance::obeys,
                .timeout = Stance::obeys,
                .dossiers_allowing = Action::orientation},
               [options](Session& session) { return run(*options, session); });
  add_batch_options(command, options->batch);
  command.add_flag("--wait", options->wait, tr("stay until the answers have come"));
  command.add_flag("--no-check", options->no_check,
                   tr("send even what the TdT or Hélios would refuse"));
  command
      .add_option("--transaction", options->transaction,
                  tr("after a sending of unknown fate: its number, read on the TdT's page"))
      .type_name("<number>");
  command
      .add_option("--resend", options->resend,
                  tr("after a sending of unknown fate that did not arrive: send it again"))
      .type_name("<attempt>");
}

}  // namespace pes::cmd
