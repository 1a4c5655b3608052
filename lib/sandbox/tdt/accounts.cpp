#include "sandbox/tdt/accounts.hpp"

#include "pes/error.hpp"
#include "sandbox/identities.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

namespace pes::sandbox::tdt {
namespace {

constexpr std::size_t largest_account_file = 65536;

Role parse_role(const std::string& text) {
  if (text == "user") return Role::user;
  if (text == "archivist") return Role::archivist;
  if (text == "administrator") return Role::administrator;
  throw Error(ErrorCode::config_invalid, say("accounts.json: no role is called {1}", {text}));
}

Permission parse_permission(const std::string& text) {
  if (text == "NONE") return Permission::none;
  if (text == "RO") return Permission::read_only;
  if (text == "CS") return Permission::create;
  if (text == "TT") return Permission::transmit;
  if (text == "RW") return Permission::read_write;
  throw Error(ErrorCode::config_invalid, say("accounts.json: no permission is called {1}", {text}));
}

std::vector<Account> standard_accounts(const Layout& layout) {
  return {{.login = agent_login,
           .password = read_identity(layout, "tdt.password"),
           .permission = Permission::read_write},
          {.login = archivist_login,
           .password = read_identity(layout, "tdt-archiviste.password"),
           .role = Role::archivist,
           .permission = Permission::read_only}};
}

}  // namespace

std::vector<Account> accounts(const Layout& layout) try {
  const std::filesystem::path file = layout.tdt("accounts.json");
  if (!std::filesystem::exists(file)) return standard_accounts(layout);
  std::vector<Account> result;
  for (const nlohmann::json& given : nlohmann::json::parse(read_file(file, largest_account_file))) {
    const std::string password_file = given.at("password_file");
    result.push_back({.login = given.at("login"),
                      .password = read_identity(layout, password_file),
                      .role = parse_role(given.value("role", "user")),
                      .permission = parse_permission(given.value("permission", "RW")),
                      .is_active = given.value("active", true),
                      .is_rgs = given.value("rgs", true)});
  }
  return result;
} catch (const nlohmann::json::exception& failure) {
  throw Error(ErrorCode::config_invalid, tr("accounts.json cannot be understood"), {},
              failure.what());
}

}  // namespace pes::sandbox::tdt
