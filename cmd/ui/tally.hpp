#pragma once

#include "ui/json.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace pes::ui {

/// How far a command is that works on many items. For several threads.
class Tally {
 public:
  using Clock = std::chrono::steady_clock;

  /// @param total 0: nobody knows, or there is one alone, of which nothing is worth counting
  void begin(std::size_t total, Clock::time_point now);
  /// One of the items turned out to be so many more.
  void grow(std::size_t more);
  void end_item(std::uint64_t bytes);
  void count_retry();

  [[nodiscard]] bool is_running() const;
  /// « [==>       ] 12/40, 3,2 Mo, 5,1/s, reste 6 s, reprises : 2 »
  [[nodiscard]] std::string text(Clock::time_point now) const;
  /// The same, for a program: done, total, bytes, retries, elapsed, remaining.
  [[nodiscard]] Json json(Clock::time_point now) const;

 private:
  struct Pace {
    double elapsed = 0;  // seconds
    double per_second = 0;
    double remaining = 0;  // seconds; 0 before the first is done
  };
  [[nodiscard]] Pace pace(Clock::time_point now) const;

  mutable std::mutex mutex_;
  Clock::time_point began_;
  std::size_t total_ = 0;
  std::size_t done_ = 0;
  std::size_t retries_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace pes::ui
