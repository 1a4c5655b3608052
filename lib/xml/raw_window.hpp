#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pes::xml {

/// The last bytes read of a document, so that a tag or a small element can be seen as it
/// stands in the file although the parser runs behind the reading.
class RawWindow {
 public:
  /// @param hold_limit a held stretch that becomes longer is given up
  explicit RawWindow(std::uint64_t hold_limit) : hold_limit_(hold_limit) {}

  /// Adds what was read; what stands before `needed` may go, unless it is held.
  void append(std::string_view piece, std::uint64_t needed);
  /// Keeps all from `offset` on until `release`.
  void hold(std::uint64_t offset) { held_ = offset; }
  void release() { held_.reset(); }
  [[nodiscard]] bool is_holding() const { return held_.has_value(); }

  /// All that is kept, followed by a NUL, and the offset of its first byte. Valid until
  /// `append`.
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] std::uint64_t begin() const { return begin_; }

  /// The bytes from begin to end; nothing when some are gone. Valid until `append`.
  [[nodiscard]] std::optional<std::string_view> slice(std::uint64_t begin, std::uint64_t end) const;

 private:
  std::uint64_t hold_limit_;
  std::string bytes_;
  std::uint64_t begin_ = 0;  // offset of bytes_[0]
  std::optional<std::uint64_t> held_;
};

}  // namespace pes::xml
