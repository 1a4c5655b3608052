#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <utility>

namespace pes::test {

/// Runs `act` in a process of its own, for what threads cannot show: locks, deaths.
class ChildProcess {
 public:
  template <typename Act>
  explicit ChildProcess(const Act& act) : pid_(::fork()) {
    if (pid_ != 0) return;
    try {
      act();
    } catch (...) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  ChildProcess(ChildProcess&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
  ChildProcess& operator=(ChildProcess&&) = delete;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ended_well();
    }
  }

  [[nodiscard]] pid_t pid() const { return pid_; }

  /// Waits for its end; true when `act` returned.
  bool ended_well() {
    int status = 0;
    const pid_t ended = ::waitpid(std::exchange(pid_, -1), &status, 0);
    return ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  pid_t pid_;
};

}  // namespace pes::test
