#include "pes/due_queue.hpp"

namespace pes::flow {

void work(Services& services, const Partners& partners, DueQueue& queue, const Watcher& watcher) {
  using Aside = DueQueue::Aside;
  const auto is_due_now = [&](const Dossier& dossier) {
    return dossier.job && is_due(*dossier.job, services.clock.now());
  };
  while (const auto id = queue.take()) {
    try {
      // Another process may have done it meanwhile, which reading tells at a small cost.
      Dossier dossier = services.store.read(*id);
      if (is_due_now(dossier)) {
        watcher.begun(*id);
        const Step step = advance_as_due(services, partners, *id, watcher.step);
        watcher.left(step);
        dossier = step.dossier;
      }
      if (is_due_now(dossier)) {
        queue.put_aside(*id, Aside::passing);
      } else {
        queue.done(*id);
      }
    } catch (const Error& error) {
      const bool is_held = error.code() == ErrorCode::dossier_locked;
      queue.put_aside(*id, is_held ? Aside::passing : Aside::lasting);
      watcher.unseen(*id, error);
    }
  }
}

}  // namespace pes::flow
