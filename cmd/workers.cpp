#include "workers.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace pes::cmd {

namespace {

/// Who is at work, and what became of them.
class Crew {
 public:
  explicit Crew(const Shift& shift) : shift_(shift) {}

  void work(std::size_t rank) noexcept {
    try {
      shift_.work(rank);
    } catch (...) {
      keep_failure();
    }
    const std::lock_guard alone(mutex_);
    ++back_;
    changed_.notify_all();
  }

  void wait_for(std::size_t count) {
    constexpr std::chrono::milliseconds slice{100};
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, slice, [&] { return back_ == count; })) {
      lock.unlock();
      supervise();
      lock.lock();
    }
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void supervise() {
    try {
      shift_.supervise();
    } catch (...) {
      keep_failure();
    }
  }

  void keep_failure() {
    {
      const std::lock_guard alone(mutex_);
      if (failure_) return;
      failure_ = std::current_exception();
    }
    shift_.call_off();
  }

  const Shift& shift_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t back_ = 0;
  std::exception_ptr failure_;
};

}  // namespace

void work_in_threads(std::size_t count, const Shift& shift) {
  Crew crew(shift);
  std::vector<std::jthread> threads;
  try {
    while (threads.size() < count) {
      threads.emplace_back([&crew, rank = threads.size()] { crew.work(rank); });
    }
  } catch (const std::system_error&) {
    // The system gives no more of them.
    if (threads.empty()) return shift.work(0);
  }
  crew.wait_for(threads.size());
}

std::size_t parse_jobs(const std::string& word) {
  constexpr std::size_t most = 256;
  std::size_t count = 0;
  const char* const end = word.data() + word.size();
  const auto [rest, failure] = std::from_chars(word.data(), end, count);
  if (failure == std::errc() && rest == end && count > 0 && count <= most) return count;
  throw Error(ErrorCode::usage, say("{1} cannot be {2}", {"--jobs", word}),
              say("write a number from 1 to {1}", {std::to_string(most)}));
}

}  // namespace pes::cmd
