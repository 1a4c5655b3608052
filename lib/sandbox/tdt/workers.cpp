#include "sandbox/tdt/workers.hpp"

#include "sandbox/lock.hpp"
#include "sandbox/now.hpp"
#include "sandbox/tdt/dgfip.hpp"
#include "sandbox/tdt/flow.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

namespace pes::sandbox::tdt {
namespace {

bool is_from_dgfip(const Entry& entry) {
  return entry.status == status::information_available || entry.status == status::error;
}

/// How many files came about a transaction that was transmitted.
int acquits_received(const State& state) {
  const auto transmitted =
      std::find_if(state.workflow.begin(), state.workflow.end(),
                   [](const Entry& entry) { return entry.status == status::transmitted; });
  return static_cast<int>(std::count_if(transmitted, state.workflow.end(), is_from_dgfip));
}

bool was_transmitted(const State& state) {
  return std::any_of(state.workflow.begin(), state.workflow.end(),
                     [](const Entry& entry) { return entry.status == status::transmitted; });
}

/// Whether a worker may still move it.
bool is_pending(const State& state) {
  switch (state.status()) {
    case status::posted:
    case status::waiting:
    case status::transmitted:
      return true;
    case status::information_available:
    case status::error:
      return was_transmitted(state) && acquits_received(state) < acquits_of(state.scenario);
    default:
      return false;
  }
}

void record(const Layout& layout, State& state, Entry entry) {
  state.workflow.push_back(std::move(entry));
  save(layout, state);
  if (!is_pending(state)) forget_pending(layout, state.id);
}

/// What nobody's transaction can be found for goes where only an administrator looks.
Step set_aside(const Layout& layout, const Acquit& acquit) {
  const std::filesystem::path place = layout.tdt("errors") / acquit.name;
  if (std::filesystem::exists(place)) return Step::none;
  replace_file(place, acquit.bytes);
  return Step::answered;
}

Step attach(const Layout& layout, State& state, const Acquit& acquit) {
  replace_file(acquit_of(layout, state.id), acquit.bytes);
  state.acquit_name = acquit.name;
  const bool is_valid = acquit.kind == Acquit::Kind::valid;
  record(layout, state,
         {is_valid ? status::information_available : status::error,
          fill(is_valid ? "Transaction {1} : information disponible"
                        : "Transaction {1} : erreur retournée par Helios",
               {state.id}),
          now_in(layout)});
  return Step::answered;
}

/// Hélios answers, as the scenario says and no sooner than the platform (tdt §8.3).
Step answer(const Layout& layout, State& state) {
  const int rank = acquits_received(state) + 1;
  if (rank > acquits_of(state.scenario)) return Step::none;
  const Instant since = state.workflow.back().date;
  if (now_in(layout) < since + platform(layout).acquit_delay) return Step::none;
  const Flow flow = read_sound_flow(flow_of(layout, state.id));
  // The date makes the name: a file that cannot be attached comes once.
  const Acquit acquit = make_acquit(flow, state, rank, since);
  if (acquit.kind == Acquit::Kind::unattached) return set_aside(layout, acquit);
  return attach(layout, state, acquit);
}

/// Leaves, if it may now.
Step depart(const Layout& layout, State& state) {
  const Lock one_at_a_time(layout.tdt("window.lock"));
  std::optional<Entry> entry = send(layout, state);
  if (!entry) return Step::none;
  record(layout, state, *std::move(entry));
  return Step::sent;
}

}  // namespace

Step advance(const Layout& layout, const std::string& id) {
  if (!find(layout, id)) return Step::none;
  const Lock lock(folder_of(layout, id));
  State state = find(layout, id).value();
  switch (state.status()) {
    case status::posted: {
      Entry entry = validate(layout, state);
      record(layout, state, std::move(entry));
      return Step::validated;
    }
    case status::waiting:
      return depart(layout, state);
    case status::transmitted:
    case status::information_available:
    case status::error:
      return is_pending(state) ? answer(layout, state) : Step::none;
    default:
      return Step::none;
  }
}

}  // namespace pes::sandbox::tdt
