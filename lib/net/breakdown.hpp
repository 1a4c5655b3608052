#pragma once

#include "net/peer.hpp"
#include "pes/error.hpp"

#include <curl/curl.h>

#include <optional>
#include <string>

namespace pes::net {

/// An exchange that ended without a whole answer.
struct Breakdown {
  CURLcode code = CURLE_OK;
  std::string words;             // curl's, and through it OpenSSL's
  bool request_began = false;    // a byte of the request may have left
  bool interrupted = false;      // we were asked to stop
  bool is_too_large = false;     // the answer passed its bound
  std::optional<int> tls_alert;  // fatal, from the service (RFC 8446 §6)
  std::optional<Error> failure;  // of our own: a file that could not be read to its end
};

/// False only when it is certain that the service did not treat the request: no byte of it
/// left, or the service turned our certificate down. Such an alert comes before a server reads
/// the request or, when it renegotiates, before it acts on it; in TLS 1.3 the client gets it
/// after its request was written (RFC 8446 §4.4.2.4, appendix E.1.2).
bool may_have_been_treated(const Breakdown& breakdown);

/// The one place where curl's codes become ours: service_unreachable, identity_refused,
/// service_unexpected, config_missing, config_invalid, key_unsupported, cancelled.
Error explain(const Breakdown& breakdown, const Peer& peer);

}  // namespace pes::net
