#include "pes/patience.hpp"

#include <random>

namespace pes {

Chance make_chance() {
  return [source = std::mt19937(std::random_device()())]() mutable {
    return std::uniform_real_distribution<double>(0, 1)(source);
  };
}

}  // namespace pes
