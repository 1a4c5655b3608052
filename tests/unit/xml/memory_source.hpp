#pragma once

#include "xml/byte_source.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace pes::test {

/// A document in memory, given by pieces of a chosen size.
class MemorySource final : public xml::ByteSource {
 public:
  explicit MemorySource(std::string bytes, std::size_t piece_size = 65536)
      : bytes_(std::move(bytes)), piece_size_(piece_size) {}

  std::string_view next() override {
    const std::string_view piece = std::string_view(bytes_).substr(given_, piece_size_);
    given_ += piece.size();
    return piece;
  }
  [[nodiscard]] std::string name() const override { return "memory.xml"; }

 private:
  std::string bytes_;
  std::size_t piece_size_;
  std::size_t given_ = 0;
};

}  // namespace pes::test
