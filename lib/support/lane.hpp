#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace pes {

/// Does jobs in the order given on a thread of its own, beside whoever gives them.
class Lane {
 public:
  /// Bytes to digest or to parse from which a lane pays: starting its thread costs what some
  /// hundred kilobytes of them do.
  static constexpr std::uint64_t worthwhile = 1U << 20U;

  /// @param most_waiting jobs that may wait; `add` waits while there are as many
  /// Throws std::system_error when the system gives no thread.
  explicit Lane(std::size_t most_waiting);
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;
  /// Jobs not yet begun are dropped.
  ~Lane();

  void add(std::function<void()> job);
  /// Waits until every job is done. Throws what the first one that failed threw; those
  /// after it were dropped.
  void finish();

 private:
  void work();

  std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool busy_ = false;
  bool stopping_ = false;
  std::exception_ptr failure_;
  std::thread thread_;  // last: it uses all of the others
};

}  // namespace pes
