#pragma once

#include "pes/flow.hpp"
#include "session.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace pes::cmd {

/// What a run has done since it began, for those who watch over it: in Prometheus's text form,
/// version 0.0.4. For several threads.
class RunMetrics {
 public:
  void count(const flow::Step& step);

  /// With what waits now in the home, and what is known of the services.
  [[nodiscard]] std::string text(Session& session) const;

 private:
  using Labels = std::pair<std::string, std::string>;

  [[nodiscard]] std::string counters() const;

  mutable std::mutex mutex_;
  std::map<Labels, std::uint64_t> steps_;    // by action and result
  std::map<Labels, std::uint64_t> answers_;  // by service and answer
};

}  // namespace pes::cmd
