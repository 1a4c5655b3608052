#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace pes::cmd {

/// An account at a service, with the entities that use it: one address, certificate and login.
struct ServiceAccount {
  std::vector<std::string> id_es;  // never empty
  std::string login;               // empty when the certificate is enough
};

/// That of the entity that was designated, or those of all active entities that have the service,
/// each once. Throws config_missing when there is none.
/// @param service its table of settings: "tdt" or "sae"
std::vector<ServiceAccount> accounts_of(Session& session, const std::string& service);

/// « Entité Racine / Ville, Entité Racine / CCAS »
std::string entities_of(const ServiceAccount& account, const EntityTree& entities);

}  // namespace pes::cmd
