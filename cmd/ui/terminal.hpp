#pragma once

#include "pes/signature.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pes::ui {

/// The terminal that the process belongs to, whatever its streams are tied to.
class Terminal {
 public:
  /// Nothing when the process has none (cron, a service).
  static std::optional<Terminal> open();
  Terminal(Terminal&& other) noexcept;
  Terminal& operator=(Terminal&&) = delete;
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal();

  /// The line typed after the question, without its end. Throws cancelled when a signal or
  /// an end of file comes instead.
  std::string ask(std::string_view question);
  /// The same, and nothing typed is shown; the terminal is as before on any way out.
  Secret ask_secret(std::string_view question);

 private:
  explicit Terminal(int descriptor) : descriptor_(descriptor) {}
  void write(std::string_view text) const;
  [[nodiscard]] std::string read_line() const;
  /// False when the process was told to stop instead.
  [[nodiscard]] bool waits_for_input() const;

  int descriptor_;
};

}  // namespace pes::ui
