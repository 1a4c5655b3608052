#include "net/unusable_answer.hpp"

#include "net/excerpt.hpp"
#include "net/setting_key.hpp"
#include "support/text.hpp"

namespace pes::net {

namespace {

std::string setting(const Peer& peer, std::string_view name) {
  return setting_key(peer.settings, name);
}

Error identity_refused(const HttpAnswer& answer, const Peer& peer) {
  return {ErrorCode::identity_refused,
          say("{1} does not accept our identity (HTTP {2})",
              {peer.address.url(), std::to_string(answer.status)}),
          say("check {1}, {2} and {3}",
              {setting(peer, "login"), setting(peer, "password"), setting(peer, "certificate")}),
          excerpt(answer.body)};
}

Error overloaded(const HttpAnswer& answer, const Peer& peer) {
  const Error error(ErrorCode::service_unreachable,
                    say("{1} is not available for now (HTTP {2})",
                        {peer.address.url(), std::to_string(answer.status)}),
                    tr("try again later"), excerpt(answer.body));
  return answer.retry_after ? error.with_retry_after(*answer.retry_after) : error;
}

Error redirected(const HttpAnswer& answer, const Peer& peer) {
  return {ErrorCode::service_unexpected,
          say("{1} sends us elsewhere (HTTP {2}), which is never followed",
              {peer.address.url(), std::to_string(answer.status)}),
          say("check {1}", {setting(peer, "url")}), one_line(answer.location, 300)};
}

Error unexpected(const HttpAnswer& answer, const Peer& peer) {
  return {
      ErrorCode::service_unexpected,
      say("{1} gave an answer that is none of its protocol (HTTP {2})",
          {peer.address.url(), std::to_string(answer.status)}),
      say("check {1}; if it is right, the service may be in maintenance", {setting(peer, "url")}),
      excerpt(answer.body)};
}

}  // namespace

Error unusable(const HttpAnswer& answer, const Peer& peer) {
  switch (answer.status) {
    case 401:
    case 403:
      return identity_refused(answer, peer);
    case 408:
    case 429:
    case 502:
    case 503:
    case 504:
      return overloaded(answer, peer);
    default:
      break;
  }
  const bool is_redirection = answer.status >= 300 && answer.status < 400;
  return is_redirection ? redirected(answer, peer) : unexpected(answer, peer);
}

}  // namespace pes::net
