#include "run_due.hpp"

#include "batch.hpp"
#include "following.hpp"
#include "metrics.hpp"
#include "metrics_outlet.hpp"
#include "service_manager.hpp"
#include "stamping.hpp"
#include "ui/language.hpp"
#include "workers.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace pes::cmd {

namespace {

using Until = flow::DueQueue::Until;

class DueRun {
 public:
  DueRun(Session& session, const DueOptions& options)
      : session_(session),
        options_(options),
        report_(session.console(), "run"),
        manager_(session.environment()),
        queue_(
            session.store(), session.clock(), options.until,
            {.damaged = [this](const DossierId& id, const Error& error) { tell_unseen(id, error); },
             .silent = [this](const Error& error) { tell_silence(error); }}) {
    if (!options.metrics.empty()) {
      metrics_outlet_.emplace(options.metrics, [this] { return metrics_.text(session_); });
    }
    for (std::size_t rank = 0; rank < options.jobs; ++rank) {
      places_.push_back(
          session.workplace([&session] { return session.is_interrupted_by_person(); }));
    }
  }

  int to_its_end() {
    session_.console().batch_begins(is_service() ? 0 : queue_.size());
    if (!is_service() && !metrics_outlet_ && options_.jobs == 1) {
      work(0);
    } else {
      work_in_threads(worker_count(), {.work = [this](std::size_t rank) { work(rank); },
                                       .call_off = [this] { call_off(); },
                                       .supervise = [this] { supervise(); }});
    }
    if (metrics_outlet_) give_figures([this] { metrics_outlet_->finish(); });
    session_.console().done_waiting();
    const std::size_t not_started = queue_.not_started();
    if (is_service()) {
      manager_.stopping();
    } else {
      stamp_events(session_);
      if (visits_ + not_started == 0) session_.console().note(tr("nothing is due"));
    }
    return report_.finish(not_started);
  }

 private:
  [[nodiscard]] bool is_service() const { return options_.until == Until::clock_ends; }

  /// One more keeps the time stamps of a service up to date.
  [[nodiscard]] std::size_t worker_count() {
    const bool stamps = is_service() && !session_.settings().text("journal.tsa").empty();
    return places_.size() + (stamps ? 1 : 0);
  }

  void work(std::size_t rank) {
    if (rank == places_.size()) return stamp();
    Workplace& place = *places_[rank];
    bool has_moved = false;
    flow::work(place.services, place.connections.partners(), queue_,
               {.begun = [&](const DossierId& id) { session_.console().item_begins(id.text()); },
                .step =
                    [&](const flow::Step& step) {
                      metrics_.count(step);
                      has_moved = has_moved || step.result == flow::Step::Result::moved;
                    },
                .left =
                    [&](const flow::Step& step) {
                      tell(step, has_moved);
                      has_moved = false;
                    },
                .unseen =
                    [&](const DossierId& id, const Error& error) {
                      tell_unseen(id, error);
                      has_moved = false;
                    }});
  }

  void call_off() {
    is_called_off_ = true;
    queue_.close();
  }

  [[nodiscard]] bool is_over() const { return is_called_off_ || session_.clock().is_over(); }

  void stamp() {
    constexpr std::chrono::seconds pause{10};
    constexpr std::chrono::seconds pause_after_failure{300};
    while (!is_over()) {
      bool all_are_stamped = false;
      try {
        all_are_stamped = stamp_events(session_);
      } catch (const Error& error) {
        // The dossiers wait for no stamp.
        session_.console().warning(error.message());
      }
      rest(all_are_stamped ? pause : pause_after_failure);
    }
  }

  void rest(std::chrono::seconds pause) {
    constexpr std::chrono::seconds slice{1};
    port::Clock& clock = session_.clock();
    const Instant until = clock.now() + pause;
    while (!is_over() && clock.now() < until) clock.wait_until(clock.now() + slice);
  }

  void supervise() {
    if (metrics_outlet_) give_figures([this] { metrics_outlet_->serve(); });
    if (session_.is_stopping()) {
      manager_.stopping();
    } else if (is_service()) {
      manager_.ready();
      manager_.is_alive();
    }
  }

  /// Nobody's flows wait because figures cannot be written.
  void give_figures(const std::function<void()>& give) {
    try {
      give();
      figures_failure_.clear();
    } catch (const Error& error) {
      if (figures_failure_ == error.message()) return;
      figures_failure_ = error.message();
      session_.console().warning(error.message());
    }
  }

  void tell(const flow::Step& step, bool has_moved) {
    const std::lock_guard alone(telling_);
    ++visits_;
    const ItemOutcome outcome = outcome_of(session_, step, Wait::no, has_moved);
    session_.console().item_ends(step.dossier.id_d.text(), word(outcome.result));
    // What is asked for in vain every half minute is no news to those who read a service's log.
    if (is_service() && !has_moved && !step.error) return;
    add(step.dossier.id_d, outcome);
  }

  void tell_unseen(const DossierId& id, const Error& error) {
    const std::lock_guard alone(telling_);
    // Another process does what is due there, and tells it.
    const bool is_held = error.code() == ErrorCode::dossier_locked;
    session_.console().item_ends(id.text(), is_held ? "held" : word(ItemOutcome::Result::failed));
    if (is_held) return;
    ++visits_;
    add(id, ItemOutcome::failure(error));
  }

  void tell_silence(const Error& error) {
    session_.console().warning(
        say("{1}: what is due is asked for again in a while", {error.message()}));
  }

  void add(const DossierId& id, const ItemOutcome& outcome) {
    if (is_service()) {
      report_.tell_now(id.text(), ItemKind::dossier, outcome);
    } else {
      report_.add(id.text(), ItemKind::dossier, outcome);
    }
  }

  Session& session_;
  DueOptions options_;
  std::atomic<bool> is_called_off_ = false;
  std::mutex telling_;
  std::size_t visits_ = 0;
  BatchReport report_;
  ServiceManager manager_;
  RunMetrics metrics_;
  std::optional<MetricsOutlet> metrics_outlet_;
  std::string figures_failure_;  // told already
  std::vector<std::unique_ptr<Workplace>> places_;
  flow::DueQueue queue_;
};

}  // namespace

int run_due(Session& session, const DueOptions& options) {
  return DueRun(session, options).to_its_end();
}

}  // namespace pes::cmd
