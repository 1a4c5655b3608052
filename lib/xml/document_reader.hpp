#pragma once

#include "xml/byte_source.hpp"
#include "xml/encoding.hpp"
#include "xml/events.hpp"
#include "xml/raw_window.hpp"
#include "xml/tag_scanner.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace pes::xml {

/// What a document holds, in order, with the place of each tag. Offsets and `kind` are
/// those of the bytes read; where the encoding is not ASCII-compatible offsets are 0, and
/// line and column those of the end of the tag.
class Events {
 public:
  Events() = default;
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;
  virtual ~Events() = default;

  virtual void start_element(const StartElement& element, const Tag& tag) = 0;
  /// An empty-element tag is given again as its own end.
  virtual void end_element(const ElementName& name, const Tag& tag) = 0;
  virtual void text(std::string_view text) = 0;
  virtual void processing_instruction(std::string_view target, std::string_view data) = 0;
};

/// Reads a document in one forward pass: a SAX parser, and beside it a scanner of the raw
/// bytes that gives each tag its place.
class DocumentReader {
 public:
  /// Longest stretch of the document that `raw` can hold back.
  static constexpr std::uint64_t hold_limit = 1U << 20U;

  /// Reads the first bytes. Throws input_empty when there are none.
  explicit DocumentReader(ByteSource& source);
  DocumentReader(const DocumentReader&) = delete;
  DocumentReader& operator=(const DocumentReader&) = delete;
  ~DocumentReader();

  /// The first bytes, a kilobyte or more unless the document is shorter.
  [[nodiscard]] std::string_view head() const { return head_; }
  [[nodiscard]] const Encoding& encoding() const { return encoding_; }
  [[nodiscard]] std::string name() const { return source_.name(); }
  /// The bytes of the current tag, and what was held back.
  [[nodiscard]] RawWindow& raw() { return raw_; }

  /// Throws input_not_xml, input_encoding, input_doctype, input_too_large (depth, or a
  /// single tag, comment, instruction or CDATA section beyond 32 MiB), what the source or
  /// `events` throw.
  void read(Events& events, int max_depth);

 private:
  class Pass;

  ByteSource& source_;
  std::string head_;
  Encoding encoding_;
  RawWindow raw_{hold_limit};
};

}  // namespace pes::xml
