#include "sandbox/tdt/import.hpp"

#include "pes/error.hpp"
#include "sandbox/lock.hpp"
#include "sandbox/sequence.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <thread>

namespace pes::sandbox::tdt {
namespace {

constexpr std::size_t longest_id = 20;

/// A number in the index counts only when its transaction stands there: the process that
/// wrote it may have been killed before the end.
bool is_known(const Layout& layout, const std::filesystem::path& index, const std::string& sha1) {
  if (!std::filesystem::exists(index)) return false;
  const std::optional<State> holder = find(layout, read_file(index, longest_id));
  return holder && holder->sha1 == sha1;
}

}  // namespace

std::optional<std::string> enter(const Layout& layout, Staging& received, State state,
                                 std::chrono::milliseconds gap) {
  const std::filesystem::path index = layout.tdt("sha1") / state.sha1;
  std::optional<Lock> lock;
  if (gap.count() == 0) lock.emplace(layout.tdt("import.lock"));
  if (is_known(layout, index, state.sha1)) return std::nullopt;
  if (!lock) {
    std::this_thread::sleep_for(gap);
    lock.emplace(layout.tdt("import.lock"));
  }
  state.id = std::to_string(next_number(layout.tdt("last_id")));
  StagedFile file(received.path() / "state.json");
  file.write(written(state));
  file.finish();
  replace_file(index, state.id);
  if (state.status() == status::posted) mark_pending(layout, state.id);
  if (!received.publish(folder_of(layout, state.id))) {
    throw Error(ErrorCode::state_damaged, say("transaction {1} exists already", {state.id}));
  }
  return state.id;
}

}  // namespace pes::sandbox::tdt
