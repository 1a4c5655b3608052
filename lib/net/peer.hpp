#pragma once

#include "net/client_identity.hpp"
#include "net/service_address.hpp"
#include "net/tls_sessions.hpp"
#include "pes/adapters.hpp"

#include <optional>
#include <string>

namespace pes::net {

/// A service, how it is reached and who we are there.
struct Peer {
  const HttpsAccess& access;
  const ServiceAddress& address;
  const std::optional<ClientIdentity>& identity;
  const std::optional<TlsSessions>& sessions;
  /// Where its settings are, for hints (net/setting_key.hpp).
  const std::string& settings;
};

}  // namespace pes::net
