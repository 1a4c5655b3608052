#pragma once

#include <httplib.h>

#include <optional>
#include <string>

namespace pes::sandbox {

struct Credentials {
  std::string login;
  std::string password;
};

/// The HTTP Basic credentials of a request (RFC 7617), as bytes.
std::optional<Credentials> basic_credentials(const httplib::Request& request);

/// SHA-256 of the certificate that the client proved its own in the handshake.
std::string client_fingerprint(const httplib::Request& request);

}  // namespace pes::sandbox
