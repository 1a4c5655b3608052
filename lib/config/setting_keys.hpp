#pragma once

#include "pes/settings.hpp"

#include <string_view>

namespace pes::config {

/// Throws config_invalid, with a suggestion, for a key that is not in the table.
const SettingKey& find_key(std::string_view name);

}  // namespace pes::config
