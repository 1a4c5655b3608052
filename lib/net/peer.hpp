#pragma once

#include "net/client_identity.hpp"
#include "net/service_address.hpp"
#include "pes/adapters.hpp"

#include <optional>
#include <string>

namespace pes::net {

/// A service, how it is reached and who we are there.
struct Peer {
  const HttpsAccess& access;
  const ServiceAddress& address;
  const std::optional<ClientIdentity>& identity;
  /// The table of its settings, which hints name: "tdt" or "sae".
  const std::string& settings;
};

}  // namespace pes::net
