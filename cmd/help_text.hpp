#pragma once

#include "command_line.hpp"

#include <string>

namespace pes::cmd {

/// What `pes help` says: the commands, in the order of the daily cycle, and the global
/// options.
std::string general_help(const CommandLine& line);

/// What `pes` alone says.
std::string short_help(const CommandLine& line);

/// What `pes <command> -h` says: one sentence, usage, examples, options, where to read on.
std::string command_help(const CommandLine& line, const Command& command);

/// `pes create [<option>…] [<file>]`
std::string usage_line(const Command& command);

}  // namespace pes::cmd
