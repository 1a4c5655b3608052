#include "net/tls_sessions.hpp"

#include <new>

namespace pes::net {

TlsSessions::TlsSessions() : share_(curl::share_init()) {
  const bool is_made = share_ && curl::share_setopt(share_.get(), CURLSHOPT_SHARE,
                                                    CURL_LOCK_DATA_SSL_SESSION) == CURLSHE_OK;
  if (!is_made) throw std::bad_alloc();
}

}  // namespace pes::net
