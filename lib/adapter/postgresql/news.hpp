#pragma once

#include "adapter/postgresql/pool.hpp"
#include "pes/time.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

namespace pes::postgresql {

/// Wakes who waits when something becomes due: the server tells of each state that is saved. For
/// several threads, one of which waits.
class News {
 public:
  explicit News(std::shared_ptr<Pool> pool) : pool_(std::move(pool)) {}

  /// What was known when it was last asked what is due.
  struct Known {
    std::uint64_t journal_end = 0;
    Instant next_date = Instant::max();  // at which something is worth asking again
  };
  void set_known(const Known& known);
  /// What was told until now says nothing new: what is due is about to be asked.
  void forget();

  /// As port::Store.
  void wait(Instant until, const std::function<bool()>& stop);

 private:
  Known known();
  bool start_listening(const Known& known);
  bool has_come(std::chrono::milliseconds longest);

  std::shared_ptr<Pool> pool_;
  std::mutex knowing_;
  Known known_;
  std::mutex listening_;
  std::unique_ptr<Connection> listener_;
};

}  // namespace pes::postgresql
