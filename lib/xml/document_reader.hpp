#pragma once

#include "xml/byte_source.hpp"
#include "xml/document_events.hpp"
#include "xml/encoding.hpp"
#include "xml/raw_window.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace pes::xml {

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

  /// By libxml2. Throws input_not_xml, input_encoding, input_doctype, input_too_large
  /// (depth, or a single tag, comment, instruction or CDATA section beyond 32 MiB), what the
  /// source or `events` throw.
  void read(Events& events, int max_depth);
  /// By our own parser, much faster: the same events, or NotPlain thrown, after which only
  /// another reading, from the start and by libxml2, tells what the document is. Throws what
  /// the source or `events` throw.
  void read_plain(Events& events, int max_depth);

 private:
  class Pass;

  ByteSource& source_;
  std::string head_;
  Encoding encoding_;
  RawWindow raw_{hold_limit};
};

}  // namespace pes::xml
