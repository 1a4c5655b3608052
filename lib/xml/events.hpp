#pragma once

#include <span>
#include <string_view>

namespace pes::xml {

// All text is UTF-8, whatever the document's encoding. Names, prefixes and namespaces stay
// valid for the whole pass (libxml2 keeps them in its dictionary); the values of attributes
// and the text only during the event.

struct ElementName {
  std::string_view prefix;
  std::string_view local;
  std::string_view uri;  // empty: no namespace
};

struct Attribute {
  std::string_view prefix;
  std::string_view local;
  std::string_view uri;
  std::string_view value;
};

/// `xmlns="uri"` when the prefix is empty, `xmlns=""` when both are.
struct NamespaceDeclaration {
  std::string_view prefix;
  std::string_view uri;
};

struct StartElement {
  ElementName name;
  std::span<const NamespaceDeclaration> namespaces;
  std::span<const Attribute> attributes;
  /// The tag from its `<` to the end of its last attribute, when that is exactly what its
  /// canonical form has there and it declares no namespace; else empty.
  std::string_view canonical;
};

}  // namespace pes::xml
