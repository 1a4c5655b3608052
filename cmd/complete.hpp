#pragma once

#include "command_line.hpp"
#include "environment.hpp"

#include <string>
#include <vector>

namespace pes::cmd {

/// What may stand in the place of the last of `words`, for the completion scripts: one
/// candidate a line, then a tab and what it means. `:files` and `:folders` leave it to the
/// shell. No lock is taken, nothing is written, no service reached; on any trouble nothing
/// is answered.
std::string completions(const CommandLine& line, const Environment& environment,
                        const std::vector<std::string>& words);

}  // namespace pes::cmd
