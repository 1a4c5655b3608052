#pragma once

#include "pes/export.hpp"
#include "pes/time.hpp"

namespace pes::port {

/// The time, and whether there is any left.
class PES_EXPORT Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock();
  [[nodiscard]] virtual Instant now() const = 0;
  /// True once the process was asked to stop, or its time is over: no step begins any more.
  [[nodiscard]] virtual bool is_over() const = 0;
  /// Sleeps; returns early, without a word, when it is over.
  virtual void wait_until(Instant instant) = 0;
};

}  // namespace pes::port
