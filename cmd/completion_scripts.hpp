#pragma once

#include <string_view>

namespace pes::cmd {

/// The files of completions/, as they are installed.
extern const std::string_view bash_completion;
extern const std::string_view zsh_completion;
extern const std::string_view fish_completion;

}  // namespace pes::cmd
