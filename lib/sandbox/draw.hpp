#pragma once

#include <cstdint>

namespace pes::sandbox {

/// Draws that a seed and a rank decide alone, in whatever process they are made: the same
/// seed gives the same series again.
class Draw {
 public:
  Draw(std::uint64_t seed, std::uint64_t rank) : state_(seed ^ mixed(rank)) {}

  /// From 0 to `count` - 1.
  std::uint64_t below(std::uint64_t count) { return next() % count; }
  /// From 0 to 1, 1 excluded.
  double share() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

 private:
  /// SplitMix64 (Steele, Lea, Flood, « Fast splittable pseudorandom number generators », 2014).
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    return mixed(state_);
  }
  static std::uint64_t mixed(std::uint64_t number) {
    number = (number ^ (number >> 30U)) * 0xBF58476D1CE4E5B9U;
    number = (number ^ (number >> 27U)) * 0x94D049BB133111EBU;
    return number ^ (number >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace pes::sandbox
