#pragma once

#include "pes/verification.hpp"

#include <condition_variable>
#include <cstddef>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace pes::cmd {

/// Verifies files on all processors, some ahead of the one whose report is asked for.
class VerifyAhead {
 public:
  /// @param files paths, in the order in which their reports will be asked for
  VerifyAhead(std::vector<std::string> files, const VerifyOptions& options);
  VerifyAhead(const VerifyAhead&) = delete;
  VerifyAhead& operator=(const VerifyAhead&) = delete;
  /// Files not yet begun are left.
  ~VerifyAhead();

  /// The report of the next file. Throws what verifying it threw.
  VerifyReport next();

 private:
  using Verification = std::packaged_task<VerifyReport()>;

  void start_threads();
  void work(const std::stop_token& stop);

  std::vector<Verification> files_;
  std::vector<std::future<VerifyReport>> reports_;
  std::size_t most_ahead_ = 0;  // of the reports asked for
  std::size_t begun_ = 0;
  std::size_t asked_ = 0;  // reports asked for
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<std::jthread> threads_;  // last: they use all of the others
};

}  // namespace pes::cmd
