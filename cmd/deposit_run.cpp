#include "deposit_run.hpp"

#include "error_of.hpp"
#include "stamping.hpp"
#include "temporary_folder.hpp"
#include "ui/language.hpp"
#include "workers.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace pes::cmd {

namespace {

using deposit::Presence;
using Result = DepositedFlow::Result;

/// A source in hand.
struct Taken {
  deposit::Source source;
  std::unique_ptr<TemporaryFolder> unpacked;  // what a ZIP held
  std::vector<deposit::Flow> dropped;
  std::vector<DepositedFlow> flows;  // what became of those that were begun, in the same order
};

bool is_any(const std::vector<DepositedFlow>& flows, Result result) {
  return std::any_of(flows.begin(), flows.end(),
                     [&](const DepositedFlow& flow) { return flow.result == result; });
}

bool is_any_held(const Taken& taken) {
  return std::any_of(taken.flows.begin(), taken.flows.end(), is_held);
}

DepositedFlow left(const deposit::Source& source, std::string why) {
  DepositedFlow flow;
  flow.file = source.path.native();
  flow.result = Result::left;
  flow.why_left = std::move(why);
  return flow;
}

std::string shown_as(const deposit::Source& source, const deposit::Flow& flow) {
  const bool is_alone = source.kind == deposit::Source::Kind::flow;
  return is_alone ? source.path.native() : (source.path / flow.name).native();
}

std::uint64_t size_of(const std::filesystem::path& file) {
  std::error_code absent;
  const auto size = std::filesystem::file_size(file, absent);
  return absent ? 0 : size;
}

/// What is told of bytes that are there no more helps nobody: those that took their place are left.
void tell_changed(Taken& taken) {
  const std::string why = tr("it was written again or replaced meanwhile");
  for (DepositedFlow& flow : taken.flows) {
    const bool is_vain = flow.result == Result::refused || flow.result == Result::failed;
    if (!is_vain || flow.dossier) continue;
    flow.result = Result::left;
    flow.why_left = why;
    flow.error.reset();
  }
  if (!is_any(taken.flows, Result::left)) taken.flows.push_back(left(taken.source, why));
}

/// Another process has filed it: that one tells what became of it.
void forget_what_is_gone(Taken& taken) {
  std::erase_if(taken.flows, [](const DepositedFlow& flow) {
    return flow.error && flow.error->code() == ErrorCode::file_unknown && !flow.dossier;
  });
}

/// One run over what was dropped.
class DepositRun {
 public:
  DepositRun(Session& session, const DepositOrder& order)
      : session_(session),
        order_(order),
        report_(session, order.format),
        common_(session, order.rules) {
    // A rehearsal waits for nobody.
    const std::size_t wanted = session.options().dry_run ? 1 : order.jobs;
    while (depositors_.size() < wanted) {
      depositors_.push_back(std::make_unique<Depositor>(session, common_));
    }
  }

  int deposit(const Found& found) {
    count_ = std::min(found.sources.size(), order_.most);
    session_.console().batch_begins(count_);
    if (depositors_.size() == 1) {
      work(found.sources, *depositors_.front());
    } else {
      work_in_threads(depositors_.size(),
                      {.work = [&](std::size_t rank) { work(found.sources, *depositors_[rank]); },
                       .call_off = [this] { is_called_off_ = true; },
                       .supervise = [this] { (void)session_.is_stopping(); }});
    }
    come_back_to_held(*depositors_.front());
    for (const auto& [path, error] : found.unreadable) report_.add(not_deposited(error, path));
    for (const deposit::Source& source : found.unfinished) {
      report_.add(left(source, tr("it is still being written")));
    }
    session_.console().done_waiting();
    const int status = report_.finish(found.sources.size() - begun_ + not_started_);
    if (!session_.options().dry_run) stamp_events(session_);
    return status;
  }

 private:
  void work(const std::vector<deposit::Source>& sources, Depositor& depositor) {
    while (const deposit::Source* source = next(sources)) {
      try {
        deposit(*source, depositor);
      } catch (const std::exception& thrown) {
        const std::lock_guard alone(mutex_);
        report_.add(not_deposited(error_of(thrown), source->path.native()));
      }
    }
  }

  const deposit::Source* next(const std::vector<deposit::Source>& sources) {
    if (is_ending()) return nullptr;
    const std::lock_guard alone(mutex_);
    return begun_ == count_ ? nullptr : &sources[begun_++];
  }

  bool is_ending() { return is_called_off_ || session_.is_stopping(); }

  void deposit(const deposit::Source& source, Depositor& depositor) {
    Taken taken = opened(source);
    for (const deposit::Flow& flow : taken.dropped) {
      if (is_ending()) break;
      const std::string name = shown_as(source, flow);
      session_.console().item_begins(name);
      taken.flows.push_back(depositor.deposit(flow, name));
      if (!is_held(taken.flows.back())) end_item(flow, taken.flows.back());
    }
    if (is_any_held(taken)) {
      const std::lock_guard alone(mutex_);
      held_.push_back(std::move(taken));
    } else {
      conclude(taken);
    }
  }

  /// With its flows; or with what prevents from getting at them, told.
  Taken opened(const deposit::Source& source) {
    Taken taken;
    taken.source = source;
    try {
      if (deposit::presence_of(source) == Presence::as_it_was) {
        const bool is_zip = source.kind == deposit::Source::Kind::zip;
        if (is_zip) taken.unpacked = std::make_unique<TemporaryFolder>();
        taken.dropped = deposit::flows_of(
            source, is_zip ? taken.unpacked->path() : std::filesystem::path(), limits());
        session_.console().batch_grows(taken.dropped.size() - 1);
        return taken;
      }
    } catch (const std::exception& thrown) {
      taken.flows.push_back(not_deposited(error_of(thrown), source.path.native()));
    }
    const Result result = taken.flows.empty() ? Result::left : taken.flows.front().result;
    session_.console().item_begins(source.path.native());
    session_.console().item_ends(source.path.native(), id(result));
    return taken;
  }

  [[nodiscard]] deposit::Limits limits() const {
    return {.max_file = static_cast<std::uint64_t>(session_.settings().integer("tdt.max_size"))};
  }

  void end_item(const deposit::Flow& dropped, const DepositedFlow& flow) {
    session_.console().item_ends(flow.file, id(flow.result), size_of(dropped.file));
  }

  /// Whoever holds a dossier, another worker with the same bytes or another process, lets it go
  /// within seconds, as a rule.
  void come_back_to_held(Depositor& depositor) {
    for (const int pause : {0, 1, 2, 4}) {
      if (held_.empty() || is_ending()) break;
      session_.clock().wait_until(session_.clock().now() + std::chrono::seconds(pause));
      for (Taken& taken : std::exchange(held_, {})) {
        for_each_held(taken, [&](const deposit::Flow& dropped, DepositedFlow& flow) {
          depositor.go_on_with_held(dropped, flow);
          if (!is_held(flow)) end_item(dropped, flow);
        });
        if (is_any_held(taken)) {
          held_.push_back(std::move(taken));
        } else {
          conclude(taken);
        }
      }
    }
    for (Taken& taken : held_) {
      for_each_held(taken, [&](const deposit::Flow& dropped, DepositedFlow& flow) {
        depositor.give_up_held(flow);
        end_item(dropped, flow);
      });
      conclude(taken);
    }
  }

  template <typename Act>
  static void for_each_held(Taken& taken, Act act) {
    for (std::size_t rank = 0; rank < taken.flows.size(); ++rank) {
      if (is_held(taken.flows[rank])) act(taken.dropped[rank], taken.flows[rank]);
    }
  }

  /// Files the source, and reports.
  void conclude(Taken& taken) {
    const std::size_t not_started =
        taken.dropped.size() - std::min(taken.dropped.size(), taken.flows.size());
    const Presence presence = deposit::presence_of(taken.source);
    if (presence == Presence::changed) tell_changed(taken);
    if (presence == Presence::gone) forget_what_is_gone(taken);
    Filed filed;
    if (presence == Presence::as_it_was && not_started == 0) filed = file(taken);
    const std::lock_guard alone(mutex_);
    not_started_ += not_started;
    if (filed.error) report_.add(*filed.error, taken.source.path.native());
    for (DepositedFlow& flow : taken.flows) {
      flow.moved_to = filed.place;
      report_.add(std::move(flow));
    }
  }

  struct Filed {
    std::string place;  // empty: it is where it was
    std::optional<Error> error;
  };
  /// Once all that became of it is on the disk. What may succeed the next time stays.
  [[nodiscard]] Filed file(const Taken& taken) const {
    // It was not there, or not the same, when its turn came.
    if (session_.options().dry_run || taken.flows.empty()) return {};
    if (is_any(taken.flows, Result::failed) || is_any(taken.flows, Result::left)) return {};
    const bool is_refused = is_any(taken.flows, Result::refused);
    const std::filesystem::path& folder = is_refused ? order_.error : order_.done;
    if (folder.empty()) return {};
    try {
      return {.place = deposit::move_aside(taken.source.path, folder).native(), .error = {}};
    } catch (const Error& error) {
      return {.place = {}, .error = error};
    }
  }

  Session& session_;
  const DepositOrder& order_;
  DepositReport report_;
  DepositsInCommon common_;
  std::vector<std::unique_ptr<Depositor>> depositors_;
  std::size_t count_ = 0;
  std::atomic<bool> is_called_off_ = false;
  std::mutex mutex_;  // of what follows, and of the report
  std::size_t begun_ = 0;
  std::size_t not_started_ = 0;  // flows of sources that are begun
  std::vector<Taken> held_;
};

}  // namespace

int deposit_found(Session& session, const DepositOrder& order, const Found& found) {
  return DepositRun(session, order).deposit(found);
}

}  // namespace pes::cmd
