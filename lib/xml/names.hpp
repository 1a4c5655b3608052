#pragma once

#include <string>

namespace pes::xml {

/// A name without colon, as an ID must be (Namespaces in XML, production NCName).
bool is_ncname(const std::string& utf8);

}  // namespace pes::xml
