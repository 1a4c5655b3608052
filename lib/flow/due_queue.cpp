#include "pes/due_queue.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace pes::flow {

namespace {

/// Handed out before the store is asked again; or the time for which they are believed.
constexpr std::size_t at_once = 1000;
constexpr std::chrono::seconds believed{10};
/// An idle queue looks again so often, whatever the store says.
constexpr std::chrono::seconds longest_wait{60};

/// Doubled each time. A dossier that somebody holds is let go within seconds, as a rule, and a
/// store that fails is mended; a dossier that cannot be read waits for a person.
std::chrono::seconds rest_after(DueQueue::Aside kind, int times) {
  const bool is_passing = kind == DueQueue::Aside::passing;
  const std::chrono::seconds first(is_passing ? 1 : 60);
  const std::chrono::seconds longest(is_passing ? 60 : 3600);
  return std::min<std::chrono::seconds>(first * (1LL << std::min(times, 7)), longest);
}

/// Whether the store may answer when it is asked again: a server that starts again, a disk or a
/// network that comes back.
bool is_passing(const Error& failure) {
  return failure.code() == ErrorCode::io_failed || failure.code() == ErrorCode::service_unreachable;
}

/// Gives a lock back for as long as it lives.
class Unlocked {
 public:
  explicit Unlocked(std::unique_lock<std::mutex>& lock) : lock_(lock) { lock_.unlock(); }
  Unlocked(const Unlocked&) = delete;
  Unlocked& operator=(const Unlocked&) = delete;
  ~Unlocked() { lock_.lock(); }

 private:
  std::unique_lock<std::mutex>& lock_;
};

}  // namespace

DueQueue::DueQueue(port::Store& store, const port::Clock& clock, Until until, Listener listener)
    : store_(store),
      clock_(clock),
      until_(until),
      listener_(std::move(listener)),
      began_(clock.now()) {}

std::optional<DossierId> DueQueue::take() {
  std::unique_lock lock(mutex_);
  while (!is_over()) {
    if (auto id = first_free()) return id;
    if (is_empty_) break;
    if (is_asking_) {
      // Not for ever: the clock may end without a word.
      constexpr std::chrono::milliseconds slice{100};
      changed_.wait_for(lock, slice);
    } else {
      ask(lock);
    }
  }
  return std::nullopt;
}

std::optional<DossierId> DueQueue::first_free() {
  if (clock_.now() - asked_ > believed) next_.clear();
  while (!next_.empty()) {
    DossierId id = std::move(next_.front());
    next_.pop_front();
    if (is_aside(id) || !in_hand_.insert(id).second) continue;
    return id;
  }
  return std::nullopt;
}

void DueQueue::ask(std::unique_lock<std::mutex>& lock) {
  is_asking_ = true;
  try {
    look(lock);
    failures_ = 0;
  } catch (const Error& failure) {
    if (until_ == Until::all_is_done || !is_passing(failure)) {
      is_asking_ = false;
      throw;
    }
    rest_from(failure, lock);
  }
  is_asking_ = false;
  changed_.notify_all();
}

void DueQueue::look(std::unique_lock<std::mutex>& lock) {
  const std::size_t limit = at_once + in_hand_.size() + aside_.size();
  const Instant horizon = this->horizon();
  const DueDossiers due = [&] {
    const Unlocked meanwhile(lock);
    return store_.due(horizon, limit);
  }();
  take_in(due);
  is_empty_ = next_.empty() && until_ == Until::all_is_done;
  if (next_.empty() && until_ == Until::clock_ends) wait(lock);
}

void DueQueue::rest_from(const Error& failure, std::unique_lock<std::mutex>& lock) {
  constexpr std::chrono::milliseconds slice{100};
  const Instant until = clock_.now() + rest_after(Aside::passing, failures_++);
  if (failures_ == 1) {
    const Unlocked meanwhile(lock);
    listener_.silent(failure);
  }
  while (!is_over() && clock_.now() < until) changed_.wait_for(lock, slice);
}

void DueQueue::take_in(DueDossiers due) {
  asked_ = clock_.now();
  const std::set<DossierId> still_due(due.ids.begin(), due.ids.end());
  std::erase_if(aside_, [&](const auto& entry) { return !still_due.contains(entry.first); });
  next_.clear();
  for (DossierId& id : due.ids) {
    if (!is_aside(id) && !in_hand_.contains(id)) next_.push_back(std::move(id));
  }
  for (const auto& [id, error] : due.damaged) {
    if (told_.insert(id).second) listener_.damaged(id, error);
  }
}

void DueQueue::wait(std::unique_lock<std::mutex>& lock) {
  const Instant until = next_look();
  const Unlocked meanwhile(lock);
  store_.wait_for_news(until, [this, until] {
    const std::lock_guard alone(mutex_);
    // Another worker may put a dossier aside meanwhile, for less long.
    return is_over() || next_look() < until;
  });
}

Instant DueQueue::next_look() const {
  Instant next = asked_ + longest_wait;
  for (const auto& [id, rest] : aside_) {
    if (!in_hand_.contains(id)) next = std::min(next, rest.until);
  }
  return next;
}

void DueQueue::done(const DossierId& id) {
  const std::lock_guard alone(mutex_);
  in_hand_.erase(id);
  aside_.erase(id);
}

void DueQueue::put_aside(const DossierId& id, Aside kind) {
  const std::lock_guard alone(mutex_);
  in_hand_.erase(id);
  Rest& rest = aside_[id];
  rest.until = clock_.now() + rest_after(kind, rest.times++);
}

void DueQueue::close() {
  const std::lock_guard alone(mutex_);
  is_closed_ = true;
  changed_.notify_all();
}

std::size_t DueQueue::size() const {
  const std::lock_guard alone(mutex_);
  return count();
}

std::size_t DueQueue::not_started() const {
  const std::lock_guard alone(mutex_);
  if (is_empty_) return 0;
  const std::size_t total = count();
  return total - std::min(total, aside_.size());
}

std::size_t DueQueue::count() const {
  DossierQuery due;
  due.due = horizon();
  due.limit = 0;
  return store_.query(due).total;
}

bool DueQueue::is_over() const { return is_closed_ || clock_.is_over(); }

/// What was due at the beginning is tried once.
bool DueQueue::is_aside(const DossierId& id) const {
  const auto found = aside_.find(id);
  if (found == aside_.end()) return false;
  return until_ == Until::all_is_done || found->second.until > clock_.now();
}

Instant DueQueue::horizon() const { return until_ == Until::all_is_done ? began_ : clock_.now(); }

}  // namespace pes::flow
