#include "sandbox/tdt/workers.hpp"

#include "sandbox/lock.hpp"
#include "sandbox/now.hpp"
#include "sandbox/tdt/dgfip.hpp"
#include "sandbox/tdt/flow.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace pes::sandbox::tdt {
namespace {

bool is_settled(int status) {
  return status != status::posted && status != status::waiting && status != status::transmitted;
}

void record(const Layout& layout, State& state, Entry entry) {
  state.workflow.push_back(std::move(entry));
  save(layout, state);
  if (is_settled(state.status())) forget_pending(layout, state.id);
}

/// Hélios answers, as the scenario says (tdt §8.3).
Step answer(const Layout& layout, State& state) {
  if (state.scenario == Scenario::silent) return Step::none;
  const Flow flow = read_sound_flow(flow_of(layout, state.id));
  const Acquit acquit = make_acquit(flow, state, now());
  replace_file(acquit_of(layout, state.id), acquit.bytes);
  state.acquit_name = acquit.name;
  if (acquit.is_valid) {
    record(layout, state,
           {status::information_available,
            fill("Transaction {1} : information disponible", {state.id}), now()});
  } else {
    record(
        layout, state,
        {status::error, fill("Transaction {1} : erreur retournée par Helios", {state.id}), now()});
  }
  return Step::answered;
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
      record(layout, state, send(layout, state));
      return Step::sent;
    case status::transmitted:
      return answer(layout, state);
    default:
      return Step::none;
  }
}

}  // namespace pes::sandbox::tdt
