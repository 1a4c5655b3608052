#include "batch.hpp"
#include "commands.hpp"
#include "dossier_json.hpp"
#include "dossier_text.hpp"
#include "exit_status.hpp"
#include "following.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "session.hpp"
#include "stamping.hpp"
#include "ui/language.hpp"
#include "waiting.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace pes::cmd {

namespace {

struct Options {
  BatchOptions batch;
  bool wait = false;
  bool exit_status = false;
};

void show_text(Session& session, const Dossier& dossier, const std::string& last_message) {
  ui::Console& console = session.console();
  console.done_waiting();
  show_heading(session, dossier);
  console.result(states_table(dossier));
  explain(console, dossier, last_message);
}

/// What the last state, or the last try, had to say.
std::string last_word(Session& session, const Dossier& dossier) {
  return dossier.job ? dossier.job->last_message : last_message(session.journal(), dossier);
}

ItemOutcome::Result result_of(int status) {
  switch (status) {
    case exit_status::done:
      return ItemOutcome::Result::done;
    case exit_status::pending:
      return ItemOutcome::Result::pending;
    case exit_status::refused:
      return ItemOutcome::Result::refused;
    default:
      return ItemOutcome::Result::failed;
  }
}

ItemOutcome status(const Options& options, Session& session, const DossierId& id) {
  Dossier dossier = session.store().read(id);
  if (options.wait) {
    const flow::Step step = follow(session, id, Wait::until_rest);
    if (step.result == flow::Step::Result::failed) {
      return outcome_of(session, step, Wait::until_rest, false);
    }
    dossier = step.dossier;
  }
  const std::string message = last_word(session, dossier);
  const int answer = exit_status_of(dossier);

  ItemOutcome outcome;
  const bool is_answer = options.exit_status || options.wait;
  outcome.status = is_answer ? answer : exit_status::done;
  outcome.result = is_answer ? result_of(answer) : ItemOutcome::Result::done;
  outcome.json["dossier"] = dossier_detail(dossier, session.settings().entities());
  outcome.json["last_message"] = ui::text_or_null(message);
  if (!session.console().json()) show_text(session, dossier, message);
  return outcome;
}

BatchOptions named(const std::vector<Waiting>& all) {
  BatchOptions batch;
  for (const Waiting& waiting : all) batch.items.push_back(waiting.id_d.text());
  return batch;
}

void require_dossiers(bool is_given, const char* option) {
  if (is_given) throw Error(ErrorCode::usage, say("{1} goes with named dossiers", {option}));
}

/// Everything that waits, for its date or for a person.
int show_waiting(const Options& options, Session& session) {
  require_dossiers(options.wait, "--wait");
  require_dossiers(options.exit_status, "--exit-status");
  require_dossiers(options.batch.fail_fast, "--fail-fast");
  int answer = exit_status::done;
  const std::vector<Waiting> all = find_waiting(session, answer);
  if (session.console().json()) {
    return std::max(answer, run_dossiers(session, "status", named(all), [&](const DossierId& id) {
                      return status(options, session, id);
                    }));
  }
  session.console().result(waiting_table(all));
  if (all.empty())
    session.console().note(tr("nothing waits, neither for its date nor for a person"));
  if (const std::size_t count = events_to_stamp(session); count > 0) {
    session.console().note(
        say("events that wait for their time stamp: {1}", {std::to_string(count)}));
  }
  return answer;
}

int run(const Options& options, Session& session) {
  if (options.batch.items.empty()) return show_waiting(options, session);
  return run_dossiers(session, "status", with_standard_input(options.batch),
                      [&](const DossierId& id) { return status(options, session, id); });
}

}  // namespace

void add_status(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command =
      line.add("status", tr("show the states of dossiers, and what comes next"),
               {.examples = {"pes status", "pes status O5uC72H",
                             "pes status O5uC72H --wait --timeout 30m --exit-status"},
                .timeout = Stance::obeys},
               [options](Session& session) { return run(*options, session); });
  command
      .add_option("dossier", options->batch.items,
                  tr("identifiers; - reads them on standard input; none: all that waits"))
      .type_name("<dossier>");
  command.add_flag("--fail-fast", options->batch.fail_fast, tr("stop at the first failure"));
  command.add_flag("--wait", options->wait, tr("stay until the answers have come"));
  command.add_flag("--exit-status", options->exit_status,
                   tr("make the exit status an answer: 0 done, 4 pending, 5 refused"));
}

}  // namespace pes::cmd
