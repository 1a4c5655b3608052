#include "following.hpp"

#include "dossier_json.hpp"
#include "dossier_text.hpp"
#include "exit_status.hpp"

namespace pes::cmd {

namespace {

using Result = ItemOutcome::Result;

Result result_of(int status, bool changed) {
  switch (status) {
    case exit_status::done:
      return changed ? Result::done : Result::already_done;
    case exit_status::pending:
      return Result::pending;
    case exit_status::refused:
      return Result::refused;
    default:
      return Result::failed;
  }
}

int status_of(const Dossier& dossier, Wait wait) {
  const int status = exit_status_of(dossier);
  const bool expected = status == exit_status::pending && wait == Wait::no;
  return expected ? exit_status::done : status;
}

/// The tool was told to stop, by a signal or by its --timeout: no service failed.
bool was_stopped(const flow::Step& step) {
  return step.error && step.error->code() == ErrorCode::cancelled;
}

/// What the last state has to say, unless the flow just said it as a warning.
std::string what_remains_to_be_said(Session& session, const Dossier& dossier) {
  const std::string message = last_message(session.journal(), dossier);
  return session.has_warned(message) && !session.console().json() ? std::string() : message;
}

}  // namespace

flow::Step follow(Session& session, const DossierId& id, Wait wait) {
  flow::Services& services = session.services();
  const flow::Partners partners = session.connections().partners();
  if (wait == Wait::until_rest) {
    return flow::advance_until_rest(services, partners, id, session.deadline());
  }
  return flow::advance_as_due(services, partners, id);
}

ItemOutcome outcome_of(Session& session, const flow::Step& step, Wait wait, bool changed) {
  const Dossier& dossier = step.dossier;
  ItemOutcome outcome;
  if (step.error && !was_stopped(step)) {
    outcome = ItemOutcome::failure(*step.error);
  } else {
    outcome.status = status_of(dossier, wait);
    outcome.result = result_of(outcome.status, changed);
    outcome.text = standing(dossier);
    outcome.error = trouble(dossier, what_remains_to_be_said(session, dossier));
  }
  outcome.changed = changed;
  outcome.json["dossier"] = dossier_detail(dossier, session.settings().entities());
  return outcome;
}

void tell_what_follows(Session& session, const flow::Step& step) {
  const std::string message = what_remains_to_be_said(session, step.dossier);
  const bool said_as_error =
      (step.error && !was_stopped(step)) || trouble(step.dossier, message).has_value();
  if (said_as_error) return;
  session.console().done_waiting();
  explain(session.console(), step.dossier, message);
}

}  // namespace pes::cmd
