#pragma once

#include "descriptor.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pes::cmd {

/// Where figures go: a file that is replaced as a whole, for node_exporter's textfile collector,
/// or whoever asks for /metrics over HTTP. For one thread, which calls it regularly.
class MetricsOutlet {
 public:
  using Text = std::function<std::string()>;

  /// @param where `host:port`, `:port` on this machine alone, or a file
  /// Throws io_failed when the port cannot be taken, or the file not be written.
  MetricsOutlet(const std::string& where, Text text);

  /// Answers those who have asked, or writes the file when its time has come; waits for nobody.
  /// Throws io_failed.
  void serve();
  /// The last word.
  void finish();

 private:
  /// Somebody who asks.
  struct Client {
    Descriptor line;
    std::chrono::steady_clock::time_point until;  // who is slower is hung up on
    std::string request;                          // as far as it came
    std::string answer;                           // what is left to send of it
  };

  void write();
  void welcome();
  [[nodiscard]] bool is_over(Client& client) const;
  [[nodiscard]] std::string answer_to(const std::string& request) const;

  Text text_;
  std::string file_;  // empty: there is a port
  Descriptor listener_;
  std::vector<Client> clients_;
  std::optional<std::chrono::steady_clock::time_point> written_;
};

}  // namespace pes::cmd
