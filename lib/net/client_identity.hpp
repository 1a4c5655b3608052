#pragma once

#include "pes/adapters.hpp"
#include "pes/certificate.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pes::net {

/// The certificate and key that we show to a service, in PEM and without password.
struct ClientIdentity {
  Certificate certificate;
  std::string chain;  // our certificate first, then the others of its file
  Secret key;
};

/// nullopt when no certificate is set. Asks for the key's password at most once. Throws
/// key_missing, key_mismatch, key_unsupported, pin_wrong.
/// @param settings the table of settings named in messages: "tdt" or "sae"
std::optional<ClientIdentity> load_client_identity(const HttpsAccess& access,
                                                   std::string_view settings);

}  // namespace pes::net
