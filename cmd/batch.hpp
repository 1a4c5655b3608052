#pragma once

#include "causes.hpp"
#include "command.hpp"
#include "pes/dossier.hpp"
#include "pes/error.hpp"
#include "session.hpp"
#include "ui/json.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pes::cmd {

/// What a word on the command line names.
enum class ItemKind { dossier, file };

/// What became of one dossier, or file, of a command that takes several.
// NOLINTNEXTLINE(bugprone-exception-escape): moving a Json throws nothing.
struct ItemOutcome {
  enum class Result { done, already_done, pending, refused, failed };
  Result result = Result::done;
  int status = 0;        // exit status of this item alone
  bool changed = false;  // something is not as it was before
  std::string text;      // one line for a person; empty when something else was shown
  ui::Json json;         // keys after the common ones
  std::optional<Error> error;

  static ItemOutcome failure(const Error& error);
};

/// What a command that takes several dossiers is told beside its own options.
struct BatchOptions {
  std::vector<std::string> items;
  bool fail_fast = false;
};
/// `<dossier>…`, `-` for one identifier per line on standard input, and `--fail-fast`. Gives the
/// first, which is required.
Option add_batch_options(Command& command, BatchOptions& options);

/// With the lines of standard input in the place of `-`. Throws usage when a terminal is
/// there instead of lines.
BatchOptions with_standard_input(BatchOptions options);

/// Throws dossier_unknown for what cannot be an identifier.
DossierId parse_dossier_id(std::string_view text);

/// `already-done`
std::string_view word(ItemOutcome::Result result);

/// Shows what became of each item, then the errors by cause and, as JSON, a summary.
class BatchReport {
 public:
  /// @param schema name of the command: `send`
  BatchReport(ui::Console& console, std::string_view schema);
  void add(const std::string& item, ItemKind kind, const ItemOutcome& outcome);
  /// The same, its error at once: no end is near.
  void tell_now(const std::string& item, ItemKind kind, const ItemOutcome& outcome);
  /// The exit status of the whole.
  int finish(std::size_t not_started);

 private:
  [[nodiscard]] std::size_t number_of_items() const;
  [[nodiscard]] std::size_t count(ItemOutcome::Result result) const;
  void count(const ItemOutcome& outcome);
  void show_line(const std::string& item, ItemKind kind, const ItemOutcome& outcome);

  ui::Console& console_;
  std::string schema_;
  Causes causes_;
  std::map<ItemOutcome::Result, std::size_t> counts_;
  std::set<int> statuses_;
};

/// Does them in order, each complete by itself; one failure does not stop the others.
/// The exit status.
int run_batch(Session& session, std::string_view schema, const BatchOptions& options,
              const std::function<ItemKind(const std::string&)>& kind_of,
              const std::function<ItemOutcome(const std::string&, ItemKind)>& act);

/// The same for dossiers alone.
int run_dossiers(Session& session, std::string_view schema, const BatchOptions& options,
                 const std::function<ItemOutcome(const DossierId&)>& act);

}  // namespace pes::cmd
