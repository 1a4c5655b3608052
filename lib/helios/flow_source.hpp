#pragma once

#include "helios/reading.hpp"
#include "pes/named_file.hpp"
#include "support/file.hpp"
#include "xml/byte_source.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pes::helios {

/// A file, read by pieces of at most `piece_size` bytes.
class FileSource final : public xml::ByteSource {
 public:
  explicit FileSource(NamedFile file, std::size_t piece_size = 65536);

  std::string_view next() override;
  /// The same, of no more than so many bytes.
  std::string_view next_up_to(std::uint64_t most);
  /// Leaves out what stands before this offset, before the first piece.
  void start_at(std::uint64_t offset);
  [[nodiscard]] std::string name() const override { return file_.name; }

 private:
  NamedFile file_;
  FileDescriptor descriptor_;
  std::string buffer_;
};

/// Another source with stretches of it replaced.
class PatchedSource final : public xml::ByteSource {
 public:
  /// @param replacements in the order of the file, apart from each other; offsets are those
  ///        of the original
  PatchedSource(xml::ByteSource& original, std::vector<Replacement> replacements);

  std::string_view next() override;
  [[nodiscard]] std::string name() const override { return original_.name(); }

 private:
  bool refill();

  xml::ByteSource& original_;
  std::vector<Replacement> replacements_;
  std::size_t rank_ = 0;      // of the next replacement
  std::string_view piece_;    // what is left of the original's current piece
  std::uint64_t offset_ = 0;  // of piece_ in the original
};

/// Another source, counted, and stopped beyond a size.
class MeasuredSource final : public xml::ByteSource {
 public:
  MeasuredSource(xml::ByteSource& original, std::uint64_t max_bytes)
      : original_(original), max_bytes_(max_bytes) {}

  /// Throws input_too_large.
  std::string_view next() override;
  [[nodiscard]] std::string name() const override { return original_.name(); }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// A byte between 0x80 and 0x9F was seen.
  [[nodiscard]] bool has_c1_bytes() const { return has_c1_bytes_; }

 private:
  xml::ByteSource& original_;
  std::uint64_t max_bytes_;
  std::uint64_t size_ = 0;
  bool has_c1_bytes_ = false;
};

}  // namespace pes::helios
