#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace pes::cmd {

/// Where figures go: a file that is replaced as a whole, for node_exporter's textfile collector,
/// or whoever asks for /metrics over HTTP. For one thread, which calls it regularly.
class MetricsOutlet {
 public:
  using Text = std::function<std::string()>;

  /// @param where `host:port`, `:port` on this machine alone, or a file
  /// Throws io_failed when the port cannot be taken, or the file not be written.
  MetricsOutlet(const std::string& where, Text text);
  MetricsOutlet(const MetricsOutlet&) = delete;
  MetricsOutlet& operator=(const MetricsOutlet&) = delete;
  ~MetricsOutlet();

  /// Answers those who ask, or writes the file when its time has come. Throws io_failed.
  void serve();
  /// The last word.
  void finish();

 private:
  void write();
  void answer(int client) const;

  Text text_;
  std::string file_;  // empty: there is a port
  int listener_ = -1;
  std::optional<std::chrono::steady_clock::time_point> written_;
};

}  // namespace pes::cmd
