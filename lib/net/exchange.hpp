#pragma once

#include "net/breakdown.hpp"
#include "net/form.hpp"
#include "net/http_answer.hpp"
#include "net/peer.hpp"

#include <cstdint>
#include <string>
#include <variant>

namespace pes::net {

struct Request {
  std::string path;  // after the base URL, with its query
  std::string accept;
  std::uint64_t answer_limit = 0;  // bytes
  // What is posted; none: GET.
  const Form* form = nullptr;
  const Document* document = nullptr;
};

/// Sends one request, over a connection of its own. Nothing is thrown for what happens between
/// us and the service; file_unknown and io_failed for a form whose files cannot be opened.
///
/// No connection is ever used twice: on one that turns out to be dead, curl sends the request
/// again by itself, which must not happen to a submission. It also leaves no password behind
/// in a handle. The next connection is cheaper all the same, by what `Peer::sessions` holds.
std::variant<HttpAnswer, Breakdown> exchange(const Peer& peer, const Request& request);

}  // namespace pes::net
