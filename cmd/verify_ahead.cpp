#include "verify_ahead.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace pes::cmd {

namespace {

/// Reports that may wait to be shown, by thread.
constexpr std::size_t ahead_by_thread = 8;

}  // namespace

VerifyAhead::VerifyAhead(std::vector<std::string> files, const VerifyOptions& options) {
  for (std::string& file : files) {
    files_.emplace_back(
        [file = std::move(file), options] { return verify_pes_aller(file, options); });
    reports_.push_back(files_.back().get_future());
  }
  if (files_.size() > 1) start_threads();
}

VerifyAhead::~VerifyAhead() {
  for (std::jthread& thread : threads_) thread.request_stop();
}

void VerifyAhead::start_threads() {
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t count = std::min(processors, files_.size());
  most_ahead_ = ahead_by_thread * count;
  try {
    while (threads_.size() < count) {
      threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
  } catch (const std::system_error&) {
    // The system gives no more threads: those there are do it, or `next` alone.
  }
}

VerifyReport VerifyAhead::next() {
  if (threads_.empty()) files_[asked_]();
  std::unique_lock lock(mutex_);
  std::future<VerifyReport>& report = reports_[asked_++];
  lock.unlock();
  changed_.notify_all();
  return report.get();
}

void VerifyAhead::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested() && begun_ < files_.size()) {
    const auto is_wanted = [&] { return begun_ < asked_ + most_ahead_; };
    if (!changed_.wait(lock, stop, is_wanted)) return;
    if (begun_ == files_.size()) return;
    Verification& file = files_[begun_++];
    lock.unlock();
    file();
    lock.lock();
  }
}

}  // namespace pes::cmd
