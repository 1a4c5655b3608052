#pragma once

#include "xml/byte_source.hpp"
#include "xml/events.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace pes::xml {

/// What a SAX parser tells, in document order.
class SaxHandler {
 public:
  SaxHandler() = default;
  SaxHandler(const SaxHandler&) = delete;
  SaxHandler& operator=(const SaxHandler&) = delete;
  virtual ~SaxHandler() = default;

  virtual void start_element(const StartElement& element) = 0;
  virtual void end_element(const ElementName& name) = 0;
  /// CDATA sections included; a text node may come in several pieces.
  virtual void text(std::string_view text) = 0;
  virtual void processing_instruction(std::string_view target, std::string_view data) = 0;
  virtual void comment(std::string_view text) = 0;
};

/// libxml2's SAX parser: namespaces resolved, no entity but the predefined ones and
/// character references, no DOCTYPE, no network.
class SaxParser {
 public:
  /// The document and the handler outlive the parser.
  SaxParser(ByteSource& document, SaxHandler& handler);
  SaxParser(const SaxParser&) = delete;
  SaxParser& operator=(const SaxParser&) = delete;
  ~SaxParser();

  /// Parses the whole document, once. Throws input_not_xml, input_encoding (both with line
  /// and column), input_doctype, and what the document or the handler throw.
  void parse();

  /// Where the parser stands, just after what it last told; from 1.
  [[nodiscard]] std::uint64_t line() const;
  [[nodiscard]] std::uint64_t column() const;

 private:
  class Session;
  std::unique_ptr<Session> session_;
};

}  // namespace pes::xml
