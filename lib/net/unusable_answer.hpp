#pragma once

#include "net/http_answer.hpp"
#include "net/peer.hpp"
#include "pes/error.hpp"

namespace pes::net {

/// What an answer without usable content says by its status alone: identity_refused (401, 403),
/// service_unreachable (408, 429, 502, 503, 504: try again, after the pause that it asks for),
/// service_unexpected otherwise.
Error unusable(const HttpAnswer& answer, const Peer& peer);

}  // namespace pes::net
