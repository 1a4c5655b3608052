#include "batch.hpp"

#include "exit_status.hpp"
#include "ui/language.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace pes::cmd {

namespace {

using Result = ItemOutcome::Result;

std::vector<std::string> lines_of_standard_input() {
  if (::isatty(STDIN_FILENO) == 1) {
    throw Error(ErrorCode::usage, tr("identifiers are expected on standard input, one per line"),
                tr("name the dossiers, or pipe them in: pes list | cut -f5 | pes status -"));
  }
  std::vector<std::string> lines;
  for (std::string line; std::getline(std::cin, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

ui::Json item_line(std::string_view schema, const std::string& item, ItemKind kind,
                   const ItemOutcome& outcome) {
  const bool is_file = kind == ItemKind::file;
  ui::Json line = ui::typed_line(is_file ? "file" : "dossier", schema);
  line[is_file ? "file" : "id_d"] = item;
  line["result"] = std::string(word(outcome.result));
  line["exit"] = outcome.status;
  line["changed"] = outcome.changed;
  if (!is_file && outcome.error) line["dossier"] = nullptr;
  if (outcome.json.is_object()) line.update(outcome.json);
  line["error"] = error_in_line(outcome.error);
  return line;
}

ItemOutcome attempted(const std::function<ItemOutcome(const std::string&, ItemKind)>& act,
                      const std::string& item, ItemKind kind) {
  try {
    return act(item, kind);
  } catch (const Error& error) {
    return ItemOutcome::failure(error);
  }
}

}  // namespace

std::string_view word(ItemOutcome::Result result) {
  switch (result) {
    case Result::done:
      return "done";
    case Result::already_done:
      return "already-done";
    case Result::pending:
      return "pending";
    case Result::refused:
      return "refused";
    case Result::failed:
      return "failed";
  }
  return {};
}

ItemOutcome ItemOutcome::failure(const Error& error) {
  ItemOutcome outcome;
  outcome.result = Result::failed;
  outcome.status = exit_status_of(error.code());
  outcome.error = error;
  return outcome;
}

Option add_batch_options(Command& command, BatchOptions& options) {
  command.add_flag("--fail-fast", options.fail_fast, tr("stop at the first failure"));
  return command
      .add_option("dossier", options.items, tr("identifiers; - reads them on standard input"))
      .type_name("<dossier>")
      .required();
}

BatchOptions with_standard_input(BatchOptions options) {
  std::vector<std::string> items;
  for (std::string& item : options.items) {
    if (item == "-") {
      const auto lines = lines_of_standard_input();
      items.insert(items.end(), lines.begin(), lines.end());
    } else {
      items.push_back(std::move(item));
    }
  }
  options.items = std::move(items);
  return options;
}

DossierId parse_dossier_id(std::string_view text) {
  if (const auto id = DossierId::parse(text)) return *id;
  throw Error(ErrorCode::dossier_unknown, say("« {1} » is no identifier of a dossier", {text}),
              tr("it has seven letters or digits: pes list"));
}

BatchReport::BatchReport(ui::Console& console, std::string_view schema)
    : console_(console), schema_(schema) {}

void BatchReport::add(const std::string& item, ItemKind kind, const ItemOutcome& outcome) {
  count(outcome);
  if (outcome.error) causes_.add(*outcome.error, item);
  show_line(item, kind, outcome);
}

void BatchReport::tell_now(const std::string& item, ItemKind kind, const ItemOutcome& outcome) {
  count(outcome);
  show_line(item, kind, outcome);
  if (outcome.error) console_.error(*outcome.error, std::vector{item});
}

void BatchReport::show_line(const std::string& item, ItemKind kind, const ItemOutcome& outcome) {
  if (console_.json()) {
    console_.result_json(item_line(schema_, item, kind, outcome));
  } else if (!outcome.text.empty()) {
    console_.result(outcome.text);
  }
}

void BatchReport::count(const ItemOutcome& outcome) {
  ++counts_[outcome.result];
  statuses_.insert(outcome.status);
}

std::size_t BatchReport::number_of_items() const {
  std::size_t number = 0;
  for (const auto& [result, count] : counts_) number += count;
  return number;
}

std::size_t BatchReport::count(Result result) const {
  const auto found = counts_.find(result);
  return found == counts_.end() ? 0 : found->second;
}

int BatchReport::finish(std::size_t not_started) {
  if (not_started > 0) statuses_.insert(exit_status::pending);
  const int status = exit_status_of({statuses_.begin(), statuses_.end()});
  if (console_.json()) {
    ui::Json line = ui::typed_line("summary", schema_);
    line["done"] = count(Result::done);
    line["already_done"] = count(Result::already_done);
    line["pending"] = count(Result::pending);
    line["refused"] = count(Result::refused);
    line["failed"] = count(Result::failed);
    line["not_started"] = not_started;
    line["exit"] = status;
    console_.result_json(line);
  } else if (number_of_items() + not_started > 1) {
    console_.note(
        say("done: {1}, already done: {2}, pending: {3}, refused: {4}, failed: {5}, "
            "not started: {6}",
            {std::to_string(count(Result::done)), std::to_string(count(Result::already_done)),
             std::to_string(count(Result::pending)), std::to_string(count(Result::refused)),
             std::to_string(count(Result::failed)), std::to_string(not_started)}));
  }
  causes_.show(console_);
  return status;
}

int run_batch(Session& session, std::string_view schema, const BatchOptions& options,
              const std::function<ItemKind(const std::string&)>& kind_of,
              const std::function<ItemOutcome(const std::string&, ItemKind)>& act) {
  ui::Console& console = session.console();
  const std::vector<std::string>& items = options.items;
  BatchReport report(console, schema);
  std::size_t begun = 0;
  console.batch_begins(items.size());
  while (begun < items.size() && !session.is_stopping()) {
    const std::string& item = items[begun++];
    console.item_begins(item);
    const ItemKind kind = kind_of(item);
    const ItemOutcome outcome = attempted(act, item, kind);
    console.item_ends(item, word(outcome.result));
    report.add(item, kind, outcome);
    if (options.fail_fast && outcome.result == Result::failed) break;
  }
  console.done_waiting();
  return report.finish(items.size() - begun);
}

int run_dossiers(Session& session, std::string_view schema, const BatchOptions& options,
                 const std::function<ItemOutcome(const DossierId&)>& act) {
  return run_batch(
      session, schema, options, [](const std::string&) { return ItemKind::dossier; },
      [&](const std::string& item, ItemKind) { return act(parse_dossier_id(item)); });
}

}  // namespace pes::cmd
