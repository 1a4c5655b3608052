#pragma once

#include "pes/error.hpp"
#include "pes/export.hpp"
#include "pes/flow.hpp"
#include "pes/ids.hpp"
#include "pes/port/clock.hpp"
#include "pes/port/store.hpp"
#include "pes/time.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>

namespace pes::flow {

/// What is due in a home, handed out to the workers of this process: entities in turn, the longest
/// due of each first. It holds a part of it at a time, and nothing of other processes': whoever
/// takes a dossier finds out by its lock, and by its state, whether there is anything left to do.
/// For several threads (lib/design/0014).
class PES_EXPORT DueQueue {
 public:
  enum class Until {
    all_is_done,  // of what was due when the queue was made
    clock_ends,   // and until then whatever becomes due
  };
  /// Told from any thread.
  struct Listener {
    /// Once of each dossier that cannot be read.
    std::function<void(const DossierId&, const Error&)> damaged;
    /// The store cannot be asked now, and will be again: once, until it answers.
    std::function<void(const Error&)> silent;
  };

  /// @param store, clock outlive it
  DueQueue(port::Store& store, const port::Clock& clock, Until until, Listener listener);

  /// A dossier that no other worker of this process has, until `done` or `put_aside`. Nothing
  /// when the queue ends. Throws as Store::due, but for what passes while it waits for the clock.
  std::optional<DossierId> take();
  void done(const DossierId& id);
  /// It could not be looked at, or is due still after all that was done: it is left alone for a
  /// while, which is the longer the more often this happens.
  enum class Aside { passing, lasting };
  void put_aside(const DossierId& id, Aside kind);
  /// Nobody is given anything more.
  void close();

  /// How many are due.
  [[nodiscard]] std::size_t size() const;
  /// How many are due that nobody took, once the queue has ended.
  [[nodiscard]] std::size_t not_started() const;

 private:
  struct Rest {
    Instant until;
    int times = 0;
  };

  std::optional<DossierId> first_free();
  void ask(std::unique_lock<std::mutex>& lock);
  void look(std::unique_lock<std::mutex>& lock);
  void take_in(DueDossiers due);
  void wait(std::unique_lock<std::mutex>& lock);
  void rest_from(const Error& failure, std::unique_lock<std::mutex>& lock);
  /// When an idle queue asks again, whatever the store says.
  [[nodiscard]] Instant next_look() const;
  [[nodiscard]] bool is_over() const;
  [[nodiscard]] bool is_aside(const DossierId& id) const;
  [[nodiscard]] Instant horizon() const;
  [[nodiscard]] std::size_t count() const;

  port::Store& store_;
  const port::Clock& clock_;
  Until until_;
  Listener listener_;
  Instant began_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<DossierId> next_;
  Instant asked_;     // when `next_` was
  int failures_ = 0;  // of the store, one after the other
  bool is_asking_ =
      false;               // a worker asks the store, or waits for it; the others wait for that one
  bool is_empty_ = false;  // nothing is due any more that was
  bool is_closed_ = false;
  std::set<DossierId> in_hand_;
  std::map<DossierId, Rest> aside_;
  std::set<DossierId> told_;  // damaged ones
};

/// Told what a worker does, in its thread.
struct Watcher {
  std::function<void(const DossierId&)> begun = [](const DossierId&) {};
  std::function<void(const Step&)> step;  // each
  std::function<void(const Step&)> left;  // the last of each dossier
  /// What prevented from looking at one; dossier_locked when somebody else holds it.
  std::function<void(const DossierId&, const Error&)> unseen;
};
/// Takes dossiers from the queue as long as it gives any, and does what is due in each, as far as
/// it goes now.
PES_EXPORT void work(Services& services, const Partners& partners, DueQueue& queue,
                     const Watcher& watcher);

}  // namespace pes::flow
