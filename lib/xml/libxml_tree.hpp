#pragma once

#include "xml/libxml_handles.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pes::xml {

// libxml2's own tree, for the little that others do with it and that must be done as they do.

/// Null when the document is not well-formed; an undeclared prefix is a part of a name there.
/// Nothing outside of the text is read. The caller bounds the text and knows that it declares no
/// document type.
LibxmlDocument parse_as_libxml(std::string_view text);

/// Exclusive canonical form, without comments, of the whole document; nothing when it has none.
std::optional<std::string> canonical_form_of_libxml(const LibxmlDocument& document);

}  // namespace pes::xml
