#include "clock.hpp"

#include "real.hpp"

#include <sys/time.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

constexpr std::int64_t second = 1'000'000'000;

double number(const char* variable, double otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : std::atof(text);
}

std::atomic<std::int64_t> passed{0};  // nanoseconds

int real_time(clockid_t clock, timespec& time) {
  static const auto next = real<int (*)(clockid_t, timespec*)>("clock_gettime");
  return next(clock, &time);
}

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * second + time.tv_nsec; }

timespec time_of(std::int64_t nanoseconds) {
  return {.tv_sec = nanoseconds / second, .tv_nsec = nanoseconds % second};
}

std::int64_t time_of_day(std::int64_t real) {
  static const auto ahead = static_cast<std::int64_t>(number("PES_CLOCK_AHEAD", 0) * second);
  static const double rate = number("PES_CLOCK_RATE", 1);
  static const auto since = static_cast<std::int64_t>(number("PES_CLOCK_SINCE", 0) * second);
  if (rate == 1) return real + ahead;
  return since + static_cast<std::int64_t>(static_cast<double>(real - since) * rate) + ahead;
}

bool is_sleepless() {
  static const bool answer = std::getenv("PES_CLOCK_SLEEPLESS") != nullptr;
  return answer;
}

std::int64_t now() {
  timespec time{};
  real_time(CLOCK_REALTIME, time);
  return time_of_day(nanoseconds(time)) + passed;
}

}  // namespace

namespace clocks {

void pass(std::chrono::nanoseconds time) { passed += time.count(); }

}  // namespace clocks

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) {
  const int result = real_time(clock, *time);
  if (result != 0) return result;
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) {
    *time = time_of(time_of_day(nanoseconds(*time)) + passed);
  } else if (clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_COARSE ||
             clock == CLOCK_MONOTONIC_RAW || clock == CLOCK_BOOTTIME) {
    *time = time_of(nanoseconds(*time) + passed);
  }
  return 0;
}

time_t time(time_t* where) {
  const time_t result = now() / second;
  if (where != nullptr) *where = result;
  return result;
}

int gettimeofday(timeval* time, void* /*zone*/) {
  constexpr std::int64_t microsecond = 1000;
  const std::int64_t instant = now();
  *time = {.tv_sec = instant / second, .tv_usec = instant % second / microsecond};
  return 0;
}

int nanosleep(const timespec* wanted, timespec* remaining) {
  static const auto next = real<int (*)(const timespec*, timespec*)>("nanosleep");
  if (!is_sleepless()) return next(wanted, remaining);
  clocks::pass(std::chrono::nanoseconds(nanoseconds(*wanted)));
  return 0;
}

int clock_nanosleep(clockid_t clock, int flags, const timespec* wanted, timespec* remaining) {
  static const auto next =
      real<int (*)(clockid_t, int, const timespec*, timespec*)>("clock_nanosleep");
  if (!is_sleepless() || flags != 0) return next(clock, flags, wanted, remaining);
  clocks::pass(std::chrono::nanoseconds(nanoseconds(*wanted)));
  return 0;
}

}  // extern "C"
