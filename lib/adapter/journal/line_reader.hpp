#pragma once

#include "support/file.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace pes::journal {

/// The longest line, its line feed included.
inline constexpr std::size_t longest_line = 1'048'576;

/// The SHA-256 that the first line gives for the line before it.
inline constexpr std::string_view no_digest =
    "0000000000000000000000000000000000000000000000000000000000000000";

struct Line {
  std::uint64_t offset = 0;
  std::string_view bytes;  // without the line feed, valid until the next call
  bool too_long = false;   // then `bytes` is empty
};

/// Goes through the complete lines of a file. Its memory is bounded by the longest line.
class LineReader {
 public:
  /// @param file kept by reference; read with pread, its own offset does not move
  /// @param end what lies beyond is not read
  LineReader(const FileDescriptor& file, std::filesystem::path path, std::uint64_t begin,
             std::uint64_t end);

  /// Nothing at the end, or before a last line without line feed.
  std::optional<Line> next();
  /// Where the next line begins.
  [[nodiscard]] std::uint64_t position() const noexcept { return position_; }

 private:
  bool read_more();

  const FileDescriptor& file_;
  std::filesystem::path path_;
  std::uint64_t position_;
  std::uint64_t read_until_;
  std::uint64_t end_;
  std::string buffer_;
  std::size_t begin_ = 0;  // of the next line in the buffer
};

}  // namespace pes::journal
