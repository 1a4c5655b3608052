#pragma once

#include "pes/error.hpp"
#include "pes/patience.hpp"
#include "pes/time.hpp"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace pes {

/// For several threads. None waits for another: when a rest is over one of them tries, and the
/// others are told that it goes on until that one knows.
class Circuit {
 public:
  Circuit(const Patience& patience, port::Clock& clock, Chance chance,
          std::function<void(const std::string&)> told)
      : patience_(patience), clock_(clock), chance_(std::move(chance)), told_(std::move(told)) {}

  /// Why nothing is asked for now, with the time that remains; nothing once it may be tried again.
  [[nodiscard]] std::optional<Error> interruption() const;

  /// Asks until an answer comes, a failure that is no service_unreachable, or patience ends.
  template <typename Question>
  auto repeat(const Question& question) {
    Repetition repetition{.started = clock_.now()};
    while (true) {
      require_closed();
      try {
        if constexpr (std::is_void_v<std::invoke_result_t<const Question&>>) {
          measured(question);
          return answered();
        } else {
          auto answer = measured(question);
          answered();
          return answer;
        }
      } catch (const Error& error) {
        failed(error);
        if (!wait_for_next(repetition, error)) throw;
      }
    }
  }

  /// Asks once, for what must not be repeated.
  /// @tparam Unknown what its answer holds when the request left and brought none
  template <typename Unknown, typename Sending>
  auto once(const Sending& sending) {
    require_closed();
    try {
      auto answer = measured(sending);
      if (const auto* const unknown = std::get_if<Unknown>(&answer)) {
        lost(unknown->reason, unknown->retry_after);
      } else {
        answered();
      }
      return answer;
    } catch (const Error& error) {
      failed(error);
      throw;
    }
  }

  [[nodiscard]] ServiceFigures figures() const;

 private:
  /// Adds the time for which it lives to the figures.
  class Stopwatch {
   public:
    explicit Stopwatch(Circuit& circuit) : circuit_(circuit) {}
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;
    ~Stopwatch() { circuit_.count(std::chrono::steady_clock::now() - started_); }

   private:
    Circuit& circuit_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  };

  /// Asks once, whatever comes of it, and remembers how long it took.
  template <typename Question>
  auto measured(const Question& question) {
    const Stopwatch stopwatch(*this);
    return question();
  }

  /// Throws the interruption if there is one.
  void require_closed();
  void answered();
  /// Counts service_unreachable; a refusal is an answer; what is ours says nothing.
  void failed(const Error& error);
  /// A request that left and brought no usable answer.
  void lost(const std::string& reason, std::optional<std::chrono::seconds> retry_after);

  void count(std::chrono::duration<double> duration);

  struct Repetition {
    Instant started;
    int tries = 0;
  };
  struct Rest {
    Instant until;
    std::string message;
    bool is_tried = false;  // it was over, and somebody tries: `until` is for the others
  };

  bool wait_for_next(Repetition& repetition, const Error& error);
  [[nodiscard]] std::chrono::seconds pause_before_next(const Repetition& repetition,
                                                       const Error& error) const;
  [[nodiscard]] bool has_failed_too_often() const { return failures_ >= patience_.failures; }
  [[nodiscard]] std::chrono::seconds next_rest() const;
  [[nodiscard]] std::optional<Error> interruption_now(Instant now) const;
  void give_up_trying();
  [[nodiscard]] bool is_given_up() const;

  Patience patience_;
  port::Clock& clock_;
  Chance chance_;
  std::function<void(const std::string&)> told_;
  mutable std::mutex mutex_;  // of what follows, and of the chance
  int failures_ = 0;          // in a row
  std::optional<Rest> rest_;
  ServiceFigures figures_;
};

}  // namespace pes
