#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace pes::cmd {

/// What several threads do, and the one that waits for them.
struct Shift {
  /// In each thread, with its rank from 0.
  std::function<void(std::size_t rank)> work;
  /// As soon as one of them has thrown: the others are to come to an end.
  std::function<void()> call_off;
  /// Here, several times a second, until all are back.
  std::function<void()> supervise;
};
/// Stays until all are back, and then throws what the first that failed has thrown. Where the
/// system gives fewer threads, those that there are do it; where it gives none, this one.
void work_in_threads(std::size_t count, const Shift& shift);

/// `--jobs`. Throws usage.
std::size_t parse_jobs(const std::string& word);

}  // namespace pes::cmd
