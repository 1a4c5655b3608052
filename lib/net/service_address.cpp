#include "net/service_address.hpp"

#include "net/curl.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"

namespace pes::net {

namespace {

/// A part of the URL; empty when it has none.
std::string part(const curl::Url& url, CURLUPart which) {
  char* text = nullptr;
  if (curl::url_get(url.get(), which, &text, 0) != CURLUE_OK) return {};
  return curl::Text(text).get();
}

bool has(const curl::Url& url, CURLUPart which) { return !part(url, which).empty(); }

}  // namespace

ServiceAddress::ServiceAddress(const std::string& url, std::string_view setting)
    : url_(url.substr(0, url.find_last_not_of('/') + 1)) {
  const curl::Url parsed(curl::url());
  const bool is_base_url =
      curl::url_set(parsed.get(), CURLUPART_URL, url_.c_str(), 0) == CURLUE_OK &&
      part(parsed, CURLUPART_SCHEME) == "https" && !has(parsed, CURLUPART_USER) &&
      !has(parsed, CURLUPART_PASSWORD) && !has(parsed, CURLUPART_QUERY) &&
      !has(parsed, CURLUPART_FRAGMENT);
  if (!is_base_url) {
    // The address itself is not repeated: it may hold a password.
    throw Error(ErrorCode::config_invalid, say("{1} is not the address of a service", {setting}),
                tr("write https://host or https://host:port/path, without login"));
  }
  host_ = part(parsed, CURLUPART_HOST);
}

bool ServiceAddress::is_loopback() const {
  return host_ == "localhost" || host_ == "[::1]" || host_.starts_with("127.");
}

}  // namespace pes::net
