#include "xml/schema.hpp"

#include "pes/error.hpp"
#include "pes/seda.hpp"
#include "xml/byte_source.hpp"

namespace pes {

namespace {

/// Enough to mend a document, which has few faults or the wrong schema.
constexpr std::size_t most_faults = 100;

bool concerns_document(const Error& error) {
  switch (error.code()) {
    case ErrorCode::input_empty:
    case ErrorCode::input_not_xml:
    case ErrorCode::input_encoding:
    case ErrorCode::input_doctype:
    case ErrorCode::input_too_large:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::vector<Finding> validate_against_schema(std::string_view xml,
                                             const std::filesystem::path& schema) {
  const xml::Schema& compiled = xml::Schema::of(schema);
  xml::TextSource source(xml, "XML");
  std::vector<Finding> findings;
  try {
    for (xml::SchemaFault& fault : compiled.faults(source, most_faults)) {
      findings.push_back(
          {.code = "schema.invalid", .message = std::move(fault.message), .line = fault.line});
    }
  } catch (const Error& error) {
    if (!concerns_document(error)) throw;
    findings.push_back({.code = "xml.malformed", .message = error.message()});
  }
  return findings;
}

}  // namespace pes
