#pragma once

#include "xml/events.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pes::xml {

class ByteSink {
 public:
  ByteSink() = default;
  ByteSink(const ByteSink&) = delete;
  ByteSink& operator=(const ByteSink&) = delete;
  virtual ~ByteSink() = default;
  virtual void write(std::string_view bytes) = 0;
};

/// Writes Exclusive XML Canonicalization 1.0 without comments, with no InclusiveNamespaces
/// (W3C recommendation of 2002-07-18), of the element whose start is the first event given
/// to its end. Comments are left out by not giving them.
class CanonicalWriter {
 public:
  /// @param sink receives UTF-8 and outlives the writer
  explicit CanonicalWriter(ByteSink& sink);

  /// Throws input_invalid on a relative namespace name, which has no canonical form.
  void start_element(const StartElement& element);
  void end_element(const ElementName& name);
  void text(std::string_view text);
  void processing_instruction(std::string_view target, std::string_view data);
  /// Gives the sink what is still buffered.
  void flush();

 private:
  struct Rendered {
    NamespaceDeclaration declaration;
    std::size_t depth;
  };

  void use(std::string_view prefix, std::string_view uri);
  void write_namespaces();
  void write_attributes(std::span<const Attribute> attributes);
  [[nodiscard]] std::string_view rendered_uri(std::string_view prefix) const;
  void append_name(std::string_view prefix, std::string_view local);
  void append_attribute_value(std::string_view value);
  void flush_when_full();

  ByteSink& sink_;
  std::string buffer_;
  std::size_t depth_ = 0;
  std::vector<Rendered> rendered_;
  std::vector<NamespaceDeclaration> fresh_;  // to render on the current start tag
  std::vector<const Attribute*> order_;
};

}  // namespace pes::xml
