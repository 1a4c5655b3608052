#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace pes::xml {

/// The bytes of a document, from first to last.
class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  /// The next piece, valid until the next call; empty at the end.
  virtual std::string_view next() = 0;
  /// What a message calls the document.
  [[nodiscard]] virtual std::string name() const = 0;
};

/// A document in memory, which outlives the source.
class TextSource final : public ByteSource {
 public:
  TextSource(std::string_view text, std::string name) : text_(text), name_(std::move(name)) {}

  std::string_view next() override { return std::exchange(text_, {}); }
  [[nodiscard]] std::string name() const override { return name_; }

 private:
  std::string_view text_;
  std::string name_;
};

}  // namespace pes::xml
