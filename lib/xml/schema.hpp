#pragma once

#include "xml/byte_source.hpp"
#include "xml/libxml_handles.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace pes::xml {

/// Something in a document that its schema does not allow, in libxml2's words.
struct SchemaFault {
  std::string message;
  std::uint64_t line = 0;    // from 1, of the start tag of the element concerned
  std::uint64_t column = 0;  // from 1
};

/// An XML schema (XSD 1.0), compiled.
class Schema {
 public:
  /// Nothing is fetched over the network. Throws config_invalid when the file, or what it
  /// includes, cannot be loaded.
  explicit Schema(const std::filesystem::path& file);
  /// The same one each time in this process, for compiling takes many times longer than
  /// validating. May be called from several threads.
  static const Schema& of(const std::filesystem::path& file);

  /// The first faults of a document, in its order, none when it is valid. It is read in one
  /// pass, in memory that grows with its depth alone, whatever the size of its texts. That an
  /// xs:ID stands once and that an xs:IDREF points at one is not looked at. May be called from
  /// several threads. Throws as SaxParser::parse.
  [[nodiscard]] std::vector<SchemaFault> faults(ByteSource& document, std::size_t most) const;

 private:
  LibxmlSchema compiled_;
};

}  // namespace pes::xml
