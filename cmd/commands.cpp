#include "commands.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace pes::cmd {

namespace {

struct Declaration {
  std::string_view name;
  void (*add)(CommandLine& line);
};

constexpr std::array commands{
    Declaration{"init", add_init},       Declaration{"create", add_create},
    Declaration{"deposit", add_deposit}, Declaration{"edit", add_edit},
    Declaration{"check", add_check},     Declaration{"sign", add_sign},
    Declaration{"verify", add_verify},   Declaration{"send", add_send},
    Declaration{"status", add_status},   Declaration{"show", add_show},
    Declaration{"list", add_list},       Declaration{"journal", add_journal},
    Declaration{"report", add_report},   Declaration{"archive", add_archive},
    Declaration{"retour", add_retour},   Declaration{"run", add_run},
    Declaration{"jobs", add_jobs},       Declaration{"delete", add_delete},
    Declaration{"keys", add_keys},       Declaration{"trust", add_trust},
    Declaration{"tdt", add_tdt},         Declaration{"sae", add_sae},
    Declaration{"store", add_store},     Declaration{"entities", add_entities},
    Declaration{"types", add_types},     Declaration{"config", add_config},
    Declaration{"sandbox", add_sandbox}, Declaration{"completion", add_completion},
    Declaration{"help", add_help}};

}  // namespace

void add_commands(CommandLine& line) {
  for (const Declaration& command : commands) command.add(line);
}

void add_commands(CommandLine& line, const std::vector<std::string>& arguments) {
  const std::string first = arguments.empty() ? "" : arguments.front();
  const auto* const named = std::find_if(
      commands.begin(), commands.end(), [&](const auto& command) { return command.name == first; });
  if (named == commands.end() || named->add == add_help) return add_commands(line);
  named->add(line);
}

}  // namespace pes::cmd
