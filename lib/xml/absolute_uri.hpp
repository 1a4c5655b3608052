#pragma once

#include <string_view>

namespace pes::xml {

/// Whether libxml2 takes it for a URI with a scheme (RFC 3986, section 3).
bool is_absolute_uri(std::string_view text);

}  // namespace pes::xml
