#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace pes {

/// The candidate that a mistyped word most likely means, or nothing when none is near: one
/// slip (a letter lost, added, changed, or two swapped) for each three letters.
std::optional<std::string_view> closest(std::string_view word,
                                        const std::vector<std::string_view>& candidates);

}  // namespace pes
