#pragma once

#include "ui/stream.hpp"

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace pes::ui {

/// The line at the bottom of a terminal that says what is being waited for. It appears
/// after half a second, and is erased before anything else is written.
class Progress {
 public:
  enum class Mode { shown, hidden };

  Progress(Stream& stream, Mode mode) : stream_(stream), mode_(mode) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void waiting_for(std::string_view what);
  void done_waiting();
  /// Calls `write` while the line is away; it comes back afterwards.
  template <typename Write>
  void aside(Write write) {
    const std::lock_guard lock(mutex_);
    erase();
    write();
    if (visible_) draw();
  }

 private:
  void show_after_a_while(const std::stop_token& stop);
  void draw();
  void erase();

  Stream& stream_;
  Mode mode_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::string what_;      // empty: nothing is waited for
  bool visible_ = false;  // the half second is over
  bool drawn_ = false;
  std::jthread drawer_;
};

}  // namespace pes::ui
