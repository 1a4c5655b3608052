#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pes {

using Bytes = std::vector<std::byte>;

std::span<const std::byte> as_bytes(std::string_view text);
std::string_view as_text(std::span<const std::byte> bytes);

/// Lower-case hexadecimal.
std::string hex(std::span<const std::byte> bytes);

/// RFC 4648 base64 with padding; lines of `columns` characters ended by LF
/// between them when `columns` is not 0.
std::string base64(std::span<const std::byte> bytes, std::size_t columns = 0);

/// White space is skipped, padding may be missing; anything else is no base64.
std::optional<Bytes> from_base64(std::string_view text);

}  // namespace pes
