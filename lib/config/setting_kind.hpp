#pragma once

#include "pes/settings.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pes::config {

/// Digits, optionally after a minus.
std::optional<long long> parse_integer(std::string_view text);
/// Bytes: digits alone or followed by KiB, MiB or GiB.
std::optional<long long> parse_size(std::string_view text);
/// `true` or `false`.
std::optional<bool> parse_boolean(std::string_view text);

/// Throws config_invalid, naming the key, when the value is not of the key's kind. An empty
/// value means « none » where a key may have none. What may hold a secret by mistake is not
/// repeated in the message.
void require_kind(const SettingKey& key, std::string_view value);

}  // namespace pes::config
