#pragma once

#include "environment.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pes::cmd {

/// Who started this process as a service, when that one wants to be told how it goes: systemd, by
/// sd_notify(3). Without one, nothing is told to anybody. For one thread.
class ServiceManager {
 public:
  explicit ServiceManager(const Environment& environment);

  /// Each is told once, however often it is said.
  void ready();
  void stopping();
  /// As often as the watchdog needs to hear it; more often costs nothing.
  void is_alive();

 private:
  void tell(std::string_view words) const;

  std::string socket_;  // empty: nobody is there
  std::optional<std::chrono::microseconds> watchdog_;
  std::chrono::steady_clock::time_point last_;
  bool is_ready_ = false;
  bool is_stopping_ = false;
};

}  // namespace pes::cmd
