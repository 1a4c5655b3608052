#pragma once

#include "xades/xml_tree.hpp"

#include <optional>
#include <string>

namespace pes::xades {

/// Exclusive XML canonicalization 1.0 (W3C xml-exc-c14n), no InclusiveNamespaces, of the
/// element's subtree in its document; UTF-8. nullopt when it has none: a namespace whose name
/// is a relative address.
std::optional<std::string> canonical_form(Element element);

/// The same keeping the comments (`#WithComments`).
std::optional<std::string> canonical_form_with_comments(Element element);

/// The same, without comments, of what is left when one of its descendants is taken out.
std::optional<std::string> canonical_form_without(Element element, Element left_out);

}  // namespace pes::xades
