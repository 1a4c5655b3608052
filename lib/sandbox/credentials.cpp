#include "sandbox/credentials.hpp"

#include "sandbox/pki.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"

#include <openssl/ssl.h>

namespace pes::sandbox {

std::optional<Credentials> basic_credentials(const httplib::Request& request) {
  const std::string header = request.get_header_value("Authorization");
  constexpr std::string_view scheme = "basic ";
  if (!lowered_ascii(header).starts_with(scheme)) return std::nullopt;
  const std::optional<Bytes> decoded = from_base64(std::string_view(header).substr(scheme.size()));
  if (!decoded) return std::nullopt;
  const std::string_view pair = as_text(*decoded);
  const std::size_t colon = pair.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return Credentials{std::string(pair.substr(0, colon)), std::string(pair.substr(colon + 1))};
}

std::string client_fingerprint(const httplib::Request& request) {
  const X509Certificate certificate(SSL_get1_peer_certificate(request.ssl));
  return certificate == nullptr ? std::string() : fingerprint(*certificate);
}

}  // namespace pes::sandbox
