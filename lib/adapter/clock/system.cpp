#include "pes/adapters.hpp"

#include <thread>
#include <utility>

namespace pes {

namespace {

class SystemClock final : public port::Clock {
 public:
  explicit SystemClock(std::function<bool()> stop) : stop_(std::move(stop)) {}

  [[nodiscard]] Instant now() const override {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }

  [[nodiscard]] bool is_over() const override { return stop_ && stop_(); }

  void wait_until(Instant instant) override {
    // In slices, so that a signal is answered and a clock that is set is followed.
    constexpr std::chrono::milliseconds slice{100};
    while (now() < instant && !is_over()) std::this_thread::sleep_for(slice);
  }

 private:
  std::function<bool()> stop_;
};

}  // namespace

std::unique_ptr<port::Clock> make_system_clock(std::function<bool()> stop) {
  return std::make_unique<SystemClock>(std::move(stop));
}

}  // namespace pes
