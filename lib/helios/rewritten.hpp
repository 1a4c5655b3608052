#pragma once

#include "xml/events.hpp"

#include <string>
#include <string_view>

namespace pes::helios {

// What the events of an element tell, written anew: another text than the document's, of the same
// content once it is parsed. Comments are no events.

/// Character data, or an attribute's value between `"`, for a document in any encoding: other
/// than plain ASCII goes by reference.
std::string rewritten(std::string_view utf8);

// The rest is in UTF-8.
std::string rewritten(const xml::StartElement& element);
std::string rewritten_end(const xml::ElementName& name);
std::string rewritten_instruction(std::string_view target, std::string_view data);

}  // namespace pes::helios
