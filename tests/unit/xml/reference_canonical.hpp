#pragma once

#include "support/owned.hpp"

#include <libxml/tree.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes::test {

// libxml2's own tree and its own implementation of exclusive canonicalization, as referees.

using ReferenceDocument = Owned<xmlDoc, xmlFreeDoc>;

/// Null when libxml2 does not parse it.
ReferenceDocument reference_document(std::string_view document);

/// All of them, in document order.
std::vector<xmlNode*> reference_elements(const ReferenceDocument& document);

std::string_view reference_name(const xmlNode* element);  // local name
std::string_view reference_uri(const xmlNode* element);   // of its namespace; empty: none
/// The attribute of that name without namespace.
std::optional<std::string> reference_attribute(const xmlNode* element, const char* name);

/// The form given of what libxml2 parses and refuses to canonicalise.
inline constexpr std::string_view refused_canonical_form = "libxml2 refuses to canonicalise";

/// The canonical form of an element, without comments.
std::string reference_form_of(xmlNode* element);
std::string reference_form_with_comments(xmlNode* element);

/// That of each element in document order; nothing when libxml2 does not parse the document.
std::optional<std::vector<std::string>> reference_canonical_forms(const std::string& document);

/// The same of the root alone.
std::optional<std::string> reference_canonical_form(const std::string& document);

}  // namespace pes::test
