#include "user.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <pwd.h>
#include <unistd.h>

#include <string>

namespace pes::cmd {

namespace {

std::string login_name(const Environment& environment) {
  if (const passwd* entry = ::getpwuid(::geteuid()); entry != nullptr && *entry->pw_name != '\0') {
    return entry->pw_name;
  }
  if (const auto name = environment.get("LOGNAME")) return *name;
  return "uid-" + std::to_string(::geteuid());
}

}  // namespace

User acting_user(const Settings& settings, const Environment& environment) {
  const std::string login = login_name(environment);
  const std::string name = settings.text("user.name");
  const std::string id = settings.text("user.id");
  if (id == automaton().id_u) {
    throw Error(ErrorCode::config_invalid,
                say("user.id cannot be {1}: it is the automaton's", {id}),
                tr("see where it comes from: pes config show user --origin"));
  }
  return {.id_u = id.empty() ? login : id, .name = name.empty() ? login : name};
}

}  // namespace pes::cmd
