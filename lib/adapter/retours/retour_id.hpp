#pragma once

#include "pes/error.hpp"

#include <string_view>

namespace pes::retours {

/// What names a PES Retour of ours, and nothing that leads elsewhere.
bool is_id(std::string_view id);
/// Throws internal: identifiers are made here.
void require_id(std::string_view id);
Error unknown(std::string_view id);

}  // namespace pes::retours
