#include "net/breakdown.hpp"

#include "net/setting_key.hpp"
#include "pes/time.hpp"
#include "support/text.hpp"

#include <openssl/ssl.h>

#include <string_view>

namespace pes::net {

namespace {

bool is_about_our_certificate(int alert) {
  switch (alert) {
    case SSL_AD_HANDSHAKE_FAILURE:  // what TLS 1.2 has for a certificate that is not there
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
    case SSL_AD_ACCESS_DENIED:
    case SSL_AD_CERTIFICATE_REQUIRED:
      return true;
    default:
      return false;
  }
}

bool is_identity_refused(const Breakdown& breakdown) {
  return breakdown.tls_alert && is_about_our_certificate(*breakdown.tls_alert);
}

std::string key(const Peer& peer, std::string_view name) {
  return setting_key(peer.settings, name);
}

Error identity_refused(const Breakdown& breakdown, const Peer& peer) {
  const std::string& url = peer.address.url();
  if (!peer.identity) {
    return {ErrorCode::identity_refused, say("{1} wants a certificate from us", {url}),
            say("name the file of our certificate in {1}", {key(peer, "certificate")}),
            breakdown.words};
  }
  const Certificate& ours = peer.identity->certificate;
  return {ErrorCode::identity_refused,
          say("{1} does not accept our certificate ({2}, valid until {3})",
              {url, ours.subject_cn, local_date_time(ours.not_after)}),
          say("check that the certificate of {1} is registered there, not expired and not revoked",
              {key(peer, "certificate")}),
          breakdown.words};
}

Error not_trusted(const Breakdown& breakdown, const Peer& peer) {
  return {ErrorCode::service_unreachable,
          say("the certificate of {1} is not trusted", {peer.address.url()}),
          say("check the address; if the service has an authority of its own, name its certificate "
              "in {1}",
              {key(peer, "ca")}),
          breakdown.words};
}

Error without_authorities(const Breakdown& breakdown, const Peer& peer) {
  if (peer.access.ca.empty()) {
    return {ErrorCode::config_missing, tr("this machine knows no certificate authority"),
            say("install the package ca-certificates, or name a file of PEM certificates in {1}",
                {key(peer, "ca")}),
            breakdown.words};
  }
  return {ErrorCode::config_invalid,
          say("{1} holds no certificate that can be read", {peer.access.ca.native()}),
          say("name a file of PEM certificates in {1}", {key(peer, "ca")}), breakdown.words};
}

Error timed_out(const Breakdown& breakdown, const Peer& peer) {
  const std::string& url = peer.address.url();
  return {ErrorCode::service_unreachable,
          breakdown.request_began ? say("{1} did not answer in time", {url})
                                  : say("{1} takes too long to be reached", {url}),
          say("try again later, or raise {1}", {key(peer, "timeout")}), breakdown.words};
}

Error unreachable(const std::string& message, const Breakdown& breakdown, const Peer& peer) {
  const std::string hint = breakdown.request_began
                               ? tr("try again later")
                               : say("check {1}, the network and the proxy", {key(peer, "url")});
  return {ErrorCode::service_unreachable, message, hint, breakdown.words};
}

}  // namespace

bool may_have_been_treated(const Breakdown& breakdown) {
  return breakdown.request_began && !is_identity_refused(breakdown);
}

Error explain(const Breakdown& breakdown, const Peer& peer) {
  const std::string& url = peer.address.url();
  if (breakdown.failure) return *breakdown.failure;
  if (breakdown.interrupted) {
    return {ErrorCode::cancelled, say("interrupted while speaking to {1}", {url})};
  }
  if (breakdown.is_too_large) {
    return {ErrorCode::service_unexpected, say("the answer of {1} is too large", {url})};
  }
  if (is_identity_refused(breakdown)) return identity_refused(breakdown, peer);
  switch (breakdown.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return unreachable(say("{1} cannot be reached: its host name is not known", {url}), breakdown,
                         peer);
    case CURLE_COULDNT_CONNECT:
      return unreachable(say("{1} cannot be reached: nobody takes the call", {url}), breakdown,
                         peer);
    case CURLE_OPERATION_TIMEDOUT:
      return timed_out(breakdown, peer);
    case CURLE_PEER_FAILED_VERIFICATION:
      return not_trusted(breakdown, peer);
    case CURLE_SSL_CONNECT_ERROR:
      return unreachable(say("{1} cannot be reached: no TLS connection comes about", {url}),
                         breakdown, peer);
    case CURLE_SSL_CACERT_BADFILE:
      return without_authorities(breakdown, peer);
    case CURLE_SSL_CERTPROBLEM:
      return {ErrorCode::key_unsupported, tr("our certificate or its key cannot be used for TLS"),
              say("check {1}", {key(peer, "certificate")}), breakdown.words};
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
      return unreachable(say("the connection to {1} was cut", {url}), breakdown, peer);
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return {ErrorCode::service_unexpected, say("{1} does not answer in HTTP", {url}),
              say("check {1}", {key(peer, "url")}), breakdown.words};
    default:
      return unreachable(say("the exchange with {1} failed", {url}), breakdown, peer);
  }
}

}  // namespace pes::net
