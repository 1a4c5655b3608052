#include "commands.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace pes::cmd {

namespace {

struct Command {
  std::string_view name;
  void (*add)(CommandLine& line);
};

constexpr std::array commands{
    Command{"init", add_init},       Command{"create", add_create},
    Command{"deposit", add_deposit}, Command{"edit", add_edit},
    Command{"check", add_check},     Command{"sign", add_sign},
    Command{"verify", add_verify},   Command{"send", add_send},
    Command{"status", add_status},   Command{"show", add_show},
    Command{"list", add_list},       Command{"journal", add_journal},
    Command{"archive", add_archive}, Command{"retour", add_retour},
    Command{"run", add_run},         Command{"jobs", add_jobs},
    Command{"delete", add_delete},   Command{"keys", add_keys},
    Command{"trust", add_trust},     Command{"tdt", add_tdt},
    Command{"sae", add_sae},         Command{"entities", add_entities},
    Command{"types", add_types},     Command{"config", add_config},
    Command{"sandbox", add_sandbox}, Command{"completion", add_completion},
    Command{"help", add_help}};

}  // namespace

void add_commands(CommandLine& line) {
  for (const Command& command : commands) command.add(line);
}

void add_commands(CommandLine& line, const std::vector<std::string>& arguments) {
  const std::string first = arguments.empty() ? "" : arguments.front();
  const auto* const named = std::find_if(
      commands.begin(), commands.end(), [&](const auto& command) { return command.name == first; });
  if (named == commands.end() || named->add == add_help) return add_commands(line);
  named->add(line);
}

}  // namespace pes::cmd
