#include "pes/report.hpp"

#include <array>

namespace pes::report {

namespace {

using namespace std::chrono_literals;

std::chrono::seconds kept(std::chrono::seconds time) {
  if (time < 1h) return std::max(time, 0s);
  if (time < 48h) return std::chrono::floor<std::chrono::minutes>(time);
  return std::chrono::floor<std::chrono::hours>(time);
}

}  // namespace

void AnswerTimes::add(std::chrono::seconds time) {
  ++times_[kept(time)];
  ++count_;
}

std::optional<std::chrono::seconds> AnswerTimes::percentile(unsigned percent) const {
  constexpr unsigned whole = 100;
  const std::uint64_t rank = (count_ * percent + whole - 1) / whole;
  std::uint64_t seen = 0;
  for (const auto& [time, flows] : times_) {
    seen += flows;
    if (seen >= rank) return time;
  }
  return std::nullopt;
}

std::vector<AnswerTimes::Range> AnswerTimes::distribution() const {
  constexpr std::array<std::chrono::seconds, 8> bounds{0s, 15min, 1h, 4h, 12h, 24h, 48h, 24h * 7};
  std::vector<Range> ranges;
  for (const std::chrono::seconds bound : bounds) {
    if (!ranges.empty()) ranges.back().to = bound;
    ranges.push_back({.from = bound, .to = std::nullopt});
  }
  for (const auto& [time, flows] : times_) {
    const auto after = std::find_if(ranges.begin(), ranges.end(), [&](const Range& range) {
      return !range.to || time < *range.to;
    });
    after->flows += flows;
  }
  return ranges;
}

}  // namespace pes::report
