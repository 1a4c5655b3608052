#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pes::cmd {

/// The word that a mistyped one most likely means; empty when none is near.
std::string closest(std::string_view word, const std::vector<std::string>& candidates);

/// « did you mean list? », or `otherwise` when no candidate is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates,
                         std::string_view otherwise);

}  // namespace pes::cmd
