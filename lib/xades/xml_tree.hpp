#pragma once

#include "xml/events.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pes::xades {

class XmlTree;

/// What stands in a document: an element with what is in it, a text (CDATA sections are part of
/// it), a comment, an instruction.
struct XmlNode {
  enum class Kind { element, text, comment, instruction };
  Kind kind = Kind::element;
  const XmlTree* tree = nullptr;
  xml::ElementName name;  // of an element; `local` alone: the target of an instruction
  std::vector<xml::NamespaceDeclaration> namespaces;
  std::vector<xml::Attribute> attributes;
  std::vector<const XmlNode*> children;
  std::string text;  // of anything but an element
};

/// A document in memory. What stands outside of its root is not in it.
class XmlTree {
 public:
  XmlTree() = default;
  XmlTree(const XmlTree&) = delete;
  XmlTree& operator=(const XmlTree&) = delete;
  ~XmlTree() = default;

  [[nodiscard]] const XmlNode* root() const { return nodes_.empty() ? nullptr : &nodes_.front(); }
  /// Whether an element of it, whichever it is, has a canonical form: none has when a namespace
  /// is declared anywhere that is no absolute URI.
  [[nodiscard]] bool has_canonical_forms() const { return has_canonical_forms_; }

 private:
  friend class TreeBuilder;

  std::deque<XmlNode> nodes_;
  std::set<std::string, std::less<>> names_;
  std::deque<std::string> values_;
  bool has_canonical_forms_ = true;
};

using XmlDocument = std::unique_ptr<const XmlTree>;

/// Parses a document that the caller bounds; null when it is not well-formed, declares a document
/// type or nests its elements more than 256 deep. Read by our own parser if it is plain
/// (lib/design/0004-plain-parser.md), else by libxml2. Nothing outside of the text is read.
XmlDocument parse_document(std::string_view text);

/// An element of a document that lives elsewhere; or none, whose children are none and whose
/// text is empty, so that a path can be followed without a test at each step.
class Element {
 public:
  Element() = default;
  explicit Element(const XmlNode* node) : node_(node) {}
  static Element root_of(const XmlDocument& document);

  explicit operator bool() const { return node_ != nullptr; }
  bool operator==(const Element&) const = default;
  [[nodiscard]] const XmlNode* node() const { return node_; }

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
  const XmlNode* node_ = nullptr;
};

}  // namespace pes::xades
