#include "sandbox/tdt/accounts.hpp"

#include "pes/error.hpp"
#include "sandbox/identities.hpp"
#include "sandbox/pki.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <utility>

namespace pes::sandbox::tdt {
namespace {

constexpr std::size_t largest_account_file = 65536;
constexpr const char* standard_certificate = "client.pem";

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

/// An account and the fingerprint of its certificate.
struct Registered {
  Account account;
  std::string fingerprint;
};

std::string fingerprint_of(const Layout& layout, const std::string& certificate) {
  return fingerprint(*certificate_from_pem(read_identity(layout, certificate)));
}

std::string password_in(const Layout& layout, const nlohmann::json& given) {
  const nlohmann::json& file = given.at("password_file");
  return file.is_null() ? std::string() : read_identity(layout, file.get<std::string>());
}

Registered read_account(const Layout& layout, const nlohmann::json& given) {
  return {.account = {.login = given.at("login"),
                      .password = password_in(layout, given),
                      .role = parse_role(given.value("role", "user")),
                      .permission = parse_permission(given.value("permission", "RW")),
                      .authority = given.value("authority", Account().authority),
                      .is_active = given.value("active", true),
                      .is_rgs = given.value("rgs", true)},
          .fingerprint = fingerprint_of(layout, given.value("certificate", standard_certificate))};
}

std::vector<Registered> registered(const Layout& layout) {
  const std::filesystem::path file = layout.tdt("accounts.json");
  std::vector<Registered> result;
  if (!std::filesystem::exists(file)) {
    for (Account& account : standard_accounts(layout)) {
      result.push_back({std::move(account), fingerprint_of(layout, standard_certificate)});
    }
    return result;
  }
  for (const nlohmann::json& given : nlohmann::json::parse(read_file(file, largest_account_file))) {
    result.push_back(read_account(layout, given));
  }
  return result;
}

}  // namespace

bool Account::may_read() const { return has_module && permission != Permission::none; }

bool Account::may_create() const {
  return has_module && (role == Role::administrator || permission == Permission::create ||
                        permission == Permission::read_write);
}

bool Account::may_follow() const {
  return has_module && role != Role::administrator && permission == Permission::read_write;
}

std::vector<Account> accounts(const Layout& layout, const Platform& platform,
                              const std::string& fingerprint) try {
  std::vector<Account> result;
  for (Registered& each : registered(layout)) {
    if (each.fingerprint != fingerprint) continue;
    const Authority authority = platform.authority(each.account.authority);
    each.account.is_active = each.account.is_active && authority.is_active;
    each.account.has_module = authority.has_module;
    result.push_back(std::move(each.account));
  }
  return result;
} catch (const nlohmann::json::exception& failure) {
  throw Error(ErrorCode::config_invalid, tr("accounts.json cannot be understood"), {},
              failure.what());
}

}  // namespace pes::sandbox::tdt
