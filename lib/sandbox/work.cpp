#include "pes/sandbox.hpp"
#include "sandbox/layout.hpp"
#include "sandbox/sae/state.hpp"
#include "sandbox/sae/worker.hpp"
#include "sandbox/tdt/state.hpp"
#include "sandbox/tdt/workers.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <filesystem>

namespace pes::sandbox {

namespace {

/// A folder where no sandbox ever was: nothing is made there by looking.
bool is_prepared(const Layout& layout) {
  return std::filesystem::exists(layout.tdt("transactions"));
}

[[noreturn]] void throw_io(const std::filesystem::filesystem_error& failure) {
  pes::throw_io(tr("cannot read"), failure.path1(), failure.code().value());
}

}  // namespace

TickResult tick(const Options& options) try {
  const Layout layout(options.folder);
  TickResult moved;
  if (!is_prepared(layout)) return moved;
  for (const std::string& id : tdt::pending_ids(layout)) {
    switch (tdt::advance(layout, id)) {
      case tdt::Step::none:
        break;
      case tdt::Step::validated:
        ++moved.validated;
        break;
      case tdt::Step::sent:
        ++moved.sent;
        break;
      case tdt::Step::answered:
        ++moved.answered;
        break;
    }
  }
  for (const std::string& key : sae::pending_keys(layout)) {
    if (sae::advance(layout, key, options.seda_schema)) ++moved.archived;
  }
  return moved;
} catch (const std::filesystem::filesystem_error& failure) {
  throw_io(failure);
}

std::vector<Transaction> transactions(const std::filesystem::path& folder) try {
  const Layout layout(folder);
  std::vector<Transaction> result;
  if (!is_prepared(layout)) return result;
  for (const std::string& id : tdt::all_ids(layout)) {
    const std::optional<tdt::State> state = tdt::find(layout, id);
    if (!state) continue;
    result.push_back({.id = id,
                      .status = state->status(),
                      .message = state->workflow.back().message,
                      .file_name = state->file_name,
                      .nom_fic = state->nom_fic,
                      .cod_col = state->cod_col,
                      .sha1 = state->sha1,
                      .received = state->received});
  }
  return result;
} catch (const std::filesystem::filesystem_error& failure) {
  throw_io(failure);
}

}  // namespace pes::sandbox
