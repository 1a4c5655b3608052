#pragma once

#include <string>
#include <string_view>

namespace pes::xml {

/// For bytes that pugixml will read, which accepts more: refuses what is no XML, or has a DOCTYPE,
/// and tells where. Throws as SaxParser.
/// @param name what messages call it
void require_well_formed(std::string_view bytes, const std::string& name);

}  // namespace pes::xml
