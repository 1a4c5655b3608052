#pragma once

#include "xml/byte_sink.hpp"
#include "xml/events.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace pes::xml {

/// Whether attributes stand in the order in which canonical XML writes them (Canonical XML 1.0,
/// section 2.2).
bool is_canonical_order(std::span<const Attribute> attributes);

/// The first namespace that is no absolute URI. A document with one anywhere has no canonical form,
/// of no part of it (W3C Canonical XML 1.0, section 1.3): libxml2, hence xmlsec, refuses it.
std::optional<std::string_view> relative_namespace(std::span<const NamespaceDeclaration> declared);

/// Writes Exclusive XML Canonicalization 1.0 with no InclusiveNamespaces (W3C recommendation of
/// 2002-07-18), of the element whose start is the first event given to its end. Comments are left
/// out by not giving them.
class CanonicalWriter {
 public:
  /// @param sink receives UTF-8 and outlives the writer
  explicit CanonicalWriter(ByteSink& sink) : sink_(sink) {}

  /// Throws input_invalid on a relative namespace name, which has no canonical form.
  void start_element(const StartElement& element);
  void end_element(const ElementName& name);
  void text(std::string_view text);
  void processing_instruction(std::string_view target, std::string_view data);
  void comment(std::string_view text);
  /// Gives the sink what is written in its room and not yet told.
  void flush();

 private:
  struct Rendered {
    NamespaceDeclaration declaration;
    std::size_t depth;
  };

  void use(std::string_view prefix, std::string_view uri);
  void write_namespaces();
  void write_attributes(std::span<const Attribute> attributes);
  void write_attribute(const Attribute& attribute);
  [[nodiscard]] std::string_view rendered_uri(std::string_view prefix) const;

  void put(char c) {
    if (at_ == end_) renew_room();
    *at_++ = c;
  }
  void put(std::string_view bytes) {
    if (bytes.size() >= static_cast<std::size_t>(end_ - at_)) return put_across(bytes);
    at_ += bytes.copy(at_, bytes.size());
  }
  void put_across(std::string_view bytes);
  void put_name(std::string_view prefix, std::string_view local);
  void put_value(std::string_view value);
  void renew_room();

  ByteSink& sink_;
  char* begin_ = nullptr;  // of the room
  char* at_ = nullptr;     // next byte to write
  char* end_ = nullptr;
  std::size_t depth_ = 0;
  std::vector<Rendered> rendered_;
  std::vector<NamespaceDeclaration> fresh_;  // to render on the current start tag
  std::vector<const Attribute*> order_;
};

}  // namespace pes::xml
