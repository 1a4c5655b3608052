#include "commands.hpp"
#include "exit_status.hpp"
#include "moment_option.hpp"
#include "output_file.hpp"
#include "pes/error.hpp"
#include "report/content.hpp"
#include "report/figures_json.hpp"
#include "report/matters.hpp"
#include "report/page.hpp"
#include "session.hpp"
#include "ui/language.hpp"
#include "ui/numbers.hpp"

#include <memory>
#include <string>
#include <utility>

namespace pes::cmd {

namespace {

struct Options {
  std::string since, until, output;
  Existing existing = Existing::kept;
};

report::Scope scope(const Options& options, Session& session) {
  report::Scope scope{
      .id_e = {}, .since = {}, .until = {}, .now = session.clock().now(), .day_of = ui::local_day};
  // Only an entity that was asked for: the whole home is the usual question.
  if (session.options().entity) scope.id_e = session.entity()->id_e;
  if (!options.since.empty()) {
    scope.since = moment_of("--since", options.since, ui::DayEdge::first_second);
  }
  if (!options.until.empty()) {
    scope.until = moment_of("--until", options.until, ui::DayEdge::last_second);
  }
  if (scope.since && scope.until && *scope.since > *scope.until) {
    throw Error(ErrorCode::usage, say("{1} is after {2}", {"--since", "--until"}));
  }
  return scope;
}

/// Nobody waits for a page that would not be written.
void require_place(const Options& options) {
  if (options.output.empty() || options.output == "-") {
    if (options.existing == Existing::replaced) {
      throw Error(ErrorCode::usage, say("{1} goes with {2}", {"--force", "--out"}));
    }
    return;
  }
  if (options.existing == Existing::kept && is_taken(options.output)) {
    refuse_to_replace(options.output);
  }
}

/// Looks at every dossier once.
class Reading {
 public:
  Reading(Session& session, ReportContent& content) : session_(session), content_(content) {}

  /// The exit status: one dossier that cannot be read does not hide the others.
  int all() {
    session_.store().visit([&](const Dossier& dossier) { take(dossier); },
                           [&](const DossierId& id, const Error& error) { miss(id, error); });
    return status_;
  }

 private:
  void take(const Dossier& dossier) {
    constexpr std::uint64_t often = 500;
    if (++read_ % often == 0) {
      session_.console().waiting_for(say("dossiers read: {1}", {ui::count_text(read_)}));
    }
    try {
      add(content_.figures, dossier, content_.scope, session_.store());
    } catch (const Error& error) {
      miss(dossier.id_d, error);
    }
  }

  void miss(const DossierId& id, const Error& error) {
    session_.console().error(error, id.text());
    content_.unreadable.push_back(id);
    status_ = exit_status::damaged;
  }

  Session& session_;
  ReportContent& content_;
  std::uint64_t read_ = 0;
  int status_ = exit_status::done;
};

void write(const Options& options, Session& session, const ReportContent& content) {
  ui::Console& console = session.console();
  const bool to_a_file = !options.output.empty() && options.output != "-";
  if (console.json()) console.result_json(figures_json(content));
  if (to_a_file) {
    write_out(console, report_page(content), options.output, options.existing);
    console.note(say("report written to {1}", {options.output}));
  } else if (!console.json()) {
    write_out(console, report_page(content), "-", Existing::kept);
  }
}

int run(const Options& options, Session& session) {
  require_place(options);
  ReportContent content{.scope = scope(options, session),
                        .figures = {},
                        .matters = {},
                        .unreadable = {},
                        .entities = session.settings().entities()};
  const int status = Reading(session, content).all();
  session.console().done_waiting();
  content.matters = matters_of(content.figures, session.journal(), content.scope.now);
  write(options, session, content);
  return status;
}

}  // namespace

void add_report(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add(
      "report", tr("write a page of figures: flows, times, refusals, what to look at"),
      {.examples = {"pes report --out rapport.html", "pes report --since 2026-01-01 --json"}},
      [options](Session& session) { return run(*options, session); });
  command
      .add_option("--since", options->since, tr("only flows created from this day or instant on"))
      .type_name("<date>");
  command.add_option("--until", options->until, tr("only flows created up to this day or instant"))
      .type_name("<date>");
  command
      .add_option("--out", options->output,
                  tr("where the page goes; standard output when it is not given"))
      .type_name("<file>");
  add_force_option(command, options->existing);
}

}  // namespace pes::cmd
