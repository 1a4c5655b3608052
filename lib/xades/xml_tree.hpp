#pragma once

#include "support/owned.hpp"

#include <libxml/tree.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes::xades {

using XmlDocument = Owned<xmlDoc, xmlFreeDoc>;

/// Parses a small document; null when it is not well-formed or declares a document type.
/// Nothing outside of the text is read.
XmlDocument parse_small_document(std::string_view text);
/// The same without libxml2's own bounds on the size of a text; the caller bounds the whole.
XmlDocument parse_document(std::string_view text);

/// An element of a document that lives elsewhere; or none, whose children are none and whose
/// text is empty, so that a path can be followed without a test at each step.
class Element {
 public:
  Element() = default;
  explicit Element(xmlNode* node) : node_(node) {}
  static Element root_of(const XmlDocument& document);

  explicit operator bool() const { return node_ != nullptr; }
  bool operator==(const Element&) const = default;
  [[nodiscard]] xmlNode* node() const { return node_; }

  [[nodiscard]] std::string_view name() const;  // local name
  [[nodiscard]] std::string_view uri() const;   // of its namespace; empty: none
  [[nodiscard]] bool is(std::string_view uri, std::string_view name) const;

  [[nodiscard]] std::vector<Element> children() const;
  [[nodiscard]] std::vector<Element> children(std::string_view uri, std::string_view name) const;
  /// The child of that name, when there is exactly one.
  [[nodiscard]] Element only(std::string_view uri, std::string_view name) const;
  /// Itself and all elements below it, in document order.
  [[nodiscard]] std::vector<Element> subtree() const;

  /// The attribute of that name without namespace.
  [[nodiscard]] std::optional<std::string> attribute(std::string_view name) const;
  /// Its own character data in one piece: a comment cuts nothing, child elements add nothing.
  [[nodiscard]] std::string text() const;

 private:
  xmlNode* node_ = nullptr;
};

}  // namespace pes::xades
