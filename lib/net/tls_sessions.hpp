#pragma once

#include "net/curl.hpp"

namespace pes::net {

/// What a service and its client remember of the TLS connections that they had: the next one
/// needs no certificate to be sent and proved again (RFC 8446, 2.2). For one thread at a time.
class TlsSessions {
 public:
  TlsSessions();
  [[nodiscard]] CURLSH* share() const noexcept { return share_.get(); }

 private:
  curl::Share share_;
};

}  // namespace pes::net
