#include "ui/tally.hpp"

#include "ui/language.hpp"
#include "ui/numbers.hpp"

#include <algorithm>
#include <cmath>

namespace pes::ui {

namespace {

std::string bar(std::size_t done, std::size_t total) {
  constexpr std::size_t width = 10;
  const std::size_t filled = std::min(width, done * width / total);
  std::string cells(filled, '=');
  if (filled < width) cells += '>';
  cells.resize(width, ' ');
  return '[' + cells + ']';
}

}  // namespace

void Tally::begin(std::size_t total, Clock::time_point now) {
  const std::lock_guard alone(mutex_);
  began_ = now;
  total_ = total;
  done_ = retries_ = 0;
  bytes_ = 0;
}

void Tally::grow(std::size_t more) {
  const std::lock_guard alone(mutex_);
  total_ += more;
}

void Tally::end_item(std::uint64_t bytes) {
  const std::lock_guard alone(mutex_);
  ++done_;
  bytes_ += bytes;
}

void Tally::count_retry() {
  const std::lock_guard alone(mutex_);
  ++retries_;
}

bool Tally::is_running() const {
  const std::lock_guard alone(mutex_);
  return total_ > 1;
}

Tally::Pace Tally::pace(Clock::time_point now) const {
  Pace pace{.elapsed = std::chrono::duration<double>(now - began_).count()};
  if (done_ == 0 || pace.elapsed <= 0) return pace;
  pace.per_second = static_cast<double>(done_) / pace.elapsed;
  pace.remaining = static_cast<double>(total_ - std::min(done_, total_)) / pace.per_second;
  return pace;
}

std::string Tally::text(Clock::time_point now) const {
  const std::lock_guard alone(mutex_);
  const Pace pace = this->pace(now);
  std::string text =
      fill("{1} {2}/{3}", {bar(done_, total_), count_text(done_), count_text(total_)});
  if (bytes_ > 0) text += ", " + size_text(bytes_);
  if (done_ > 0) {
    const auto remaining = static_cast<std::int64_t>(std::ceil(pace.remaining));
    text += fill(", {1}, ", {pace_text(pace.per_second)}) +
            say("{1} left", {duration_text(std::chrono::seconds(remaining))});
  }
  if (retries_ > 0) text += ", " + say("retries: {1}", {count_text(retries_)});
  return text;
}

Json Tally::json(Clock::time_point now) const {
  const std::lock_guard alone(mutex_);
  const Pace pace = this->pace(now);
  Json json;
  json["done"] = done_;
  json["total"] = total_;
  json["bytes"] = bytes_;
  json["retries"] = retries_;
  json["elapsed"] = std::round(pace.elapsed * 10) / 10;
  const bool nobody_can_tell = done_ == 0 || total_ == 0;
  json["remaining"] = nobody_can_tell ? Json(nullptr) : Json(std::round(pace.remaining));
  return json;
}

}  // namespace pes::ui
