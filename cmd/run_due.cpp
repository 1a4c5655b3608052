#include "run_due.hpp"

#include "batch.hpp"
#include "following.hpp"
#include "metrics.hpp"
#include "metrics_outlet.hpp"
#include "service_manager.hpp"
#include "stamping.hpp"
#include "ui/language.hpp"
#include "workers.hpp"

#include <algorithm>
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
        queue_(session.store(), session.clock(), options.until,
               [this](const DossierId& id, const Error& error) { tell_unseen(id, error); }) {
    if (!options.metrics.empty()) {
      metrics_outlet_.emplace(options.metrics, [this] { return metrics_.text(session_); });
    }
    for (std::size_t rank = 0; rank < options.jobs; ++rank) {
      places_.push_back(
          session.workplace([&session] { return session.is_interrupted_by_person(); }));
    }
  }

  int to_its_end() {
    if (!is_service()) session_.console().batch_begins(queue_.size());
    if (!is_service() && !metrics_outlet_ && options_.jobs == 1) {
      work(0);
    } else {
      work_in_threads(worker_count(), {.work = [this](std::size_t rank) { work(rank); },
                                       .call_off = [this] { queue_.close(); },
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
               {.step =
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

  void stamp() {
    constexpr std::chrono::seconds pause{10};
    constexpr std::chrono::seconds pause_after_failure{300};
    const port::Clock& clock = session_.clock();
    while (!clock.is_over()) {
      const bool all_are_stamped = stamp_events(session_);
      session_.clock().wait_until(clock.now() + (all_are_stamped ? pause : pause_after_failure));
    }
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
    // What is asked for in vain every half minute is no news to those who read a service's log.
    if (is_service() && !has_moved && !step.error) return;
    const ItemOutcome outcome = outcome_of(session_, step, Wait::no, has_moved);
    session_.console().item_ends(step.dossier.id_d.text(), word(outcome.result));
    add(step.dossier.id_d, outcome);
  }

  void tell_unseen(const DossierId& id, const Error& error) {
    const std::lock_guard alone(telling_);
    ++visits_;
    add(id, ItemOutcome::failure(error));
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
