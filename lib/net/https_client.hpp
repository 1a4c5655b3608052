#pragma once

#include "net/client_identity.hpp"
#include "net/curl_library.hpp"
#include "net/exchange.hpp"
#include "net/form.hpp"
#include "net/http_answer.hpp"
#include "net/service_address.hpp"
#include "pes/adapters.hpp"
#include "pes/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace pes::net {

/// A request that left and brought no whole answer: the service may have treated it.
struct Unanswered {
  Error error;  // why, as it would be thrown
};
using Posted = std::variant<HttpAnswer, Unanswered>;

inline constexpr std::uint64_t ordinary_answer_limit = 1U << 20U;
/// The largest PES is 128 MiB (tdt §4.2); what answers one is not much larger.
inline constexpr std::uint64_t download_limit = 160ULL * 1024 * 1024;

/// One service over HTTPS: TLS 1.2 at least, its certificate always verified, redirections
/// never followed, sizes and times bounded. `HttpsAccess::timeout` is the longest silence.
///
/// The client's key is read at the first request and kept; passwords are asked for when needed
/// and not kept. For one thread at a time.
class HttpsClient {
 public:
  /// Touches neither network nor files. Throws config_invalid for an address that is none.
  /// @param settings where the service's settings are, for hints (net/setting_key.hpp)
  HttpsClient(HttpsAccess access, std::string settings);
  HttpsClient(const HttpsClient&) = delete;
  HttpsClient& operator=(const HttpsClient&) = delete;
  ~HttpsClient() = default;

  [[nodiscard]] const std::string& url() const noexcept { return address_.url(); }

  /// All take a path with its query and return any answer, whatever its status. They throw
  /// service_unreachable, identity_refused (TLS), service_unexpected (too large, no HTTP),
  /// cancelled (by `HttpsAccess::stop`), config_invalid, key_*, pin_wrong.
  HttpAnswer get(const std::string& path, const std::string& accept = {},
                 std::uint64_t limit = ordinary_answer_limit);
  /// Throws only when it is certain that the service has treated nothing; also file_unknown
  /// and io_failed for the files of the form.
  Posted post(const std::string& path, const Form& form, const std::string& accept = {});
  Posted post(const std::string& path, const Document& document, const std::string& accept = {});

  /// The error for an answer whose content is of no use to the caller.
  [[nodiscard]] Error unusable(const HttpAnswer& answer) const;

 private:
  Posted post(const Request& request);
  std::variant<HttpAnswer, Breakdown> send(const Request& request);
  void trace(const Request& request, std::string_view outcome) const;
  [[nodiscard]] Peer peer() const { return {access_, address_, identity_, sessions_, settings_}; }

  HttpsAccess access_;
  std::string settings_;
  ServiceAddress address_;
  bool is_ready_ = false;
  std::optional<CurlLibrary> library_;
  std::optional<TlsSessions> sessions_;  // none for a service that refuses to take one up
  std::optional<ClientIdentity> identity_;
};

}  // namespace pes::net
