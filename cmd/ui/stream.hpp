#pragma once

#include "ui/reader.hpp"

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>

namespace pes::ui {

enum class Style { strong, error, warning, hint, faint };

/// What becomes of text that cannot be written: an error, or, where errors are themselves
/// written, nothing.
enum class Loss { reported, accepted };

/// How grave a line is: the numbers of syslog(3).
enum class Gravity { error = 3, warning = 4, note = 6, detail = 7 };

/// Standard output or standard error. Nothing is buffered: what is written is gone.
class Stream {
 public:
  Stream(int descriptor, Reader reader, Loss loss)
      : descriptor_(descriptor), reader_(reader), loss_(loss) {}

  [[nodiscard]] bool is_terminal() const noexcept { return reader_.is_terminal; }
  [[nodiscard]] std::size_t width() const noexcept { return reader_.width; }
  /// True once the reader has left (`| head`): what is written then goes nowhere.
  [[nodiscard]] bool is_abandoned() const noexcept { return abandoned_; }

  /// Text for a person, in UTF-8. Throws io_failed.
  void text(std::string_view utf8);
  /// The same, with a new line after it.
  void line(std::string_view utf8);
  /// Bytes as they are: JSON, CSV, files. Throws io_failed.
  void bytes(std::string_view bytes);
  /// What tells the system's journal how grave the line behind it is; empty for other readers.
  [[nodiscard]] std::string prefix(Gravity gravity) const;
  /// The text in this style, where the stream shows any.
  [[nodiscard]] std::string styled(Style style, std::string_view text) const;

 private:
  int descriptor_;
  Reader reader_;
  Loss loss_;
  std::atomic<bool> abandoned_ = false;  // asked for by whoever has more to say
};

}  // namespace pes::ui
