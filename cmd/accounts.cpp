#include "accounts.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <tuple>

namespace pes::cmd {

namespace {

/// What tells one account from another.
using Key = std::tuple<std::string, std::string, std::string>;

Key key_of(const Settings& settings, const std::string& service, const std::string& id_e) {
  return {settings.text(service + ".url", id_e), settings.path(service + ".certificate", id_e),
          settings.text(service + ".login", id_e)};
}

std::vector<std::string> entities_with(Session& session, const std::string& service) {
  const Settings& settings = session.settings();
  if (session.options().entity) return {session.entity()->id_e};
  std::vector<std::string> ids;
  for (const Entity& entity : settings.entities().all()) {
    const bool has_service = !settings.text(service + ".url", entity.id_e).empty();
    if (entity.is_active && has_service) ids.push_back(entity.id_e);
  }
  if (ids.empty()) {
    throw Error(ErrorCode::config_missing, say("no entity has an address for {1}", {service}),
                say("give {1} in pes.toml, then: pes config check", {service + ".url"}));
  }
  return ids;
}

}  // namespace

std::vector<ServiceAccount> accounts_of(Session& session, const std::string& service) {
  const Settings& settings = session.settings();
  std::vector<Key> keys;
  std::vector<ServiceAccount> accounts;
  for (const std::string& id_e : entities_with(session, service)) {
    const Key key = key_of(settings, service, id_e);
    const auto known = std::find(keys.begin(), keys.end(), key);
    if (known == keys.end()) {
      keys.push_back(key);
      accounts.push_back({.id_es = {id_e}, .login = settings.text(service + ".login", id_e)});
    } else {
      accounts[static_cast<std::size_t>(known - keys.begin())].id_es.push_back(id_e);
    }
  }
  return accounts;
}

std::string entities_of(const ServiceAccount& account, const EntityTree& entities) {
  std::string names;
  for (const std::string& id_e : account.id_es) {
    names += (names.empty() ? "" : ", ") + entities.path(id_e);
  }
  return names;
}

}  // namespace pes::cmd
