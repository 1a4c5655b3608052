#pragma once

#include "pes/export.hpp"
#include "pes/time.hpp"

namespace pes::port {

class PES_EXPORT Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock();
  [[nodiscard]] virtual Instant now() const = 0;
  /// Sleeps; returns early, without a word, when the process is asked to stop.
  virtual void wait_until(Instant instant) = 0;
};

}  // namespace pes::port
