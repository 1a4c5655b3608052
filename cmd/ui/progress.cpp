#include "ui/progress.hpp"

#include "ui/characters.hpp"

#include <chrono>

namespace pes::ui {

namespace {
constexpr std::string_view erase_line = "\r\033[K";
}

Progress::~Progress() { done_waiting(); }

void Progress::waiting_for(std::string_view what) {
  if (mode_ == Mode::hidden) return;
  const std::lock_guard lock(mutex_);
  what_ = printable(what);
  if (visible_) {
    erase();
    draw();
  } else if (!drawer_.joinable()) {
    drawer_ = std::jthread([this](const std::stop_token& stop) { show_after_a_while(stop); });
  }
}

void Progress::done_waiting() {
  std::jthread drawer;  // joined once it can come to its end
  const std::lock_guard lock(mutex_);
  drawer.swap(drawer_);
  drawer.request_stop();
  erase();
  what_.clear();
  visible_ = false;
}

void Progress::show_after_a_while(const std::stop_token& stop) {
  constexpr std::chrono::milliseconds patience{500};
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stop, patience, [] { return false; });
  if (stop.stop_requested()) return;
  visible_ = true;
  draw();
}

void Progress::draw() {
  stream_.text(elided(what_, stream_.width() - 1));
  drawn_ = true;
}

void Progress::erase() {
  if (!drawn_) return;
  stream_.bytes(erase_line);
  drawn_ = false;
}

}  // namespace pes::ui
