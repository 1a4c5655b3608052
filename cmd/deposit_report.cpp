#include "deposit_report.hpp"

#include "deposit_forms.hpp"
#include "dossier_json.hpp"
#include "exit_status.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <array>

namespace pes::cmd {

namespace {

using Result = DepositedFlow::Result;

constexpr std::array all_results{Result::created,       Result::signed_here, Result::sent,
                                 Result::already_known, Result::pending,     Result::left,
                                 Result::refused,       Result::failed};

/// Keys of the summary: `already_known`.
std::string key_of(Result result) {
  std::string key(id(result));
  std::replace(key.begin(), key.end(), '-', '_');
  return key;
}

ui::Json line_of(const DepositedFlow& flow, const EntityTree& entities, bool dry_run) {
  ui::Json line = ui::typed_line("file", "deposit");
  line["file"] = flow.file;
  line["result"] = std::string(id(flow.result));
  line["exit"] = exit_status_of(flow);
  line["changed"] = flow.changed && !dry_run;
  line["dry_run"] = dry_run;
  line["moved_to"] = ui::text_or_null(flow.moved_to);
  line["findings"] = findings_json(flow.warnings);
  line["dossier"] = flow.dossier ? dossier_row(*flow.dossier, entities) : ui::Json(nullptr);
  line["error"] = error_in_line(flow.error);
  return line;
}

}  // namespace

std::string_view id(Result result) {
  switch (result) {
    case Result::created:
      return "created";
    case Result::signed_here:
      return "signed";
    case Result::sent:
      return "sent";
    case Result::already_known:
      return "already-known";
    case Result::pending:
      return "pending";
    case Result::left:
      return "left";
    case Result::refused:
      return "refused";
    case Result::failed:
      return "failed";
  }
  return {};
}

std::string label(Result result) {
  switch (result) {
    case Result::created:
      return tr("created");
    case Result::signed_here:
      return tr("signed");
    case Result::sent:
      return tr("sent");
    case Result::already_known:
      return tr("already known");
    case Result::pending:
      return tr("sending ordered");
    case Result::left:
      return tr("left where it is");
    case Result::refused:
      return tr("refused");
    case Result::failed:
      return tr("failed");
  }
  return {};
}

int exit_status_of(const DepositedFlow& flow) {
  if (flow.error) return exit_status_of(flow.error->code());
  const bool waits = flow.result == Result::left || flow.result == Result::pending;
  return waits ? exit_status::pending : exit_status::done;
}

std::string reason_of(const DepositedFlow& flow) {
  if (flow.error) return flow.error->message();
  if (flow.result == Result::left) return flow.why_left;
  if (!flow.dossier) return {};
  return fill("{1} : {2}", {flow.dossier->id_d.text(), pes::label(flow.dossier->state())});
}

DepositFormat parse_deposit_format(const std::string& word, const ui::Console& console) {
  if (word == "text") return DepositFormat::text;
  if (word != "csv" && word != "junit") {
    throw Error(ErrorCode::usage, say("« {1} » is no format of a report", {word}),
                tr("there are text, csv and junit; and --json"));
  }
  if (console.json()) {
    throw Error(ErrorCode::usage, tr("--json and --format exclude each other"));
  }
  return word == "csv" ? DepositFormat::csv : DepositFormat::junit;
}

void DepositReport::add(DepositedFlow flow) {
  ++counts_[flow.result];
  statuses_.push_back(exit_status_of(flow));
  if (flow.error) causes_.add(*flow.error, flow.file);
  show_line(flow);
  if (format_ != DepositFormat::text) flows_.push_back(std::move(flow));
}

void DepositReport::add(const Error& error, const std::string& item) {
  beside_.add(error, item);
  statuses_.push_back(exit_status_of(error.code()));
}

void DepositReport::show_line(const DepositedFlow& flow) {
  ui::Console& console = session_.console();
  const bool dry_run = session_.options().dry_run;
  if (console.json()) {
    console.result_json(line_of(flow, session_.settings().entities(), dry_run));
    return;
  }
  for (const Finding& warning : flow.warnings) {
    console.warning(fill("{1}: {2}", {flow.file, warning.message}));
  }
  if (format_ != DepositFormat::text) return;
  const bool would_be = dry_run && flow.result == Result::created;
  console.result(would_be
                     ? say("{1}: would be deposited", {flow.file})
                     : fill("{1}: {2}, {3}", {flow.file, label(flow.result), reason_of(flow)}));
}

int DepositReport::finish(std::size_t not_started) {
  if (not_started > 0) statuses_.push_back(exit_status::pending);
  const int status = exit_status_of(statuses_);
  ui::Console& console = session_.console();
  if (format_ == DepositFormat::csv) console.result_bytes(deposit_csv(flows_));
  if (format_ == DepositFormat::junit) console.result_bytes(deposit_junit(flows_));
  show_summary(not_started, status);
  if (console.json()) {
    causes_.show(console);
  } else {
    causes_.show_hints(console);
  }
  beside_.show(console);
  return status;
}

std::size_t DepositReport::count(Result result) const {
  const auto found = counts_.find(result);
  return found == counts_.end() ? 0 : found->second;
}

void DepositReport::show_summary(std::size_t not_started, int status) {
  ui::Console& console = session_.console();
  if (console.json()) {
    ui::Json line = ui::typed_line("summary", "deposit");
    for (const Result result : all_results) line[key_of(result)] = count(result);
    line["not_started"] = not_started;
    line["exit"] = status;
    console.result_json(line);
    return;
  }
  if (counts_.empty() && not_started == 0) {
    console.note(tr("there is nothing to deposit"));
    return;
  }
  std::string counts;
  for (const Result result : all_results) {
    if (count(result) == 0) continue;
    counts += (counts.empty() ? "" : ", ") + label(result) + ": " + std::to_string(count(result));
  }
  if (not_started > 0) {
    counts += (counts.empty() ? "" : ", ") + std::string(tr("not started")) + ": " +
              std::to_string(not_started);
  }
  console.note(counts);
}

}  // namespace pes::cmd
