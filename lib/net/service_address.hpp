#pragma once

#include <string>
#include <string_view>

namespace pes::net {

/// The base URL of a service: https, with neither login nor query in it.
class ServiceAddress {
 public:
  /// Throws config_invalid naming `setting`, the key that the address came from.
  ServiceAddress(const std::string& url, std::string_view setting);

  /// Without final slash.
  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  [[nodiscard]] bool is_loopback() const;

 private:
  std::string url_;
  std::string host_;
};

}  // namespace pes::net
