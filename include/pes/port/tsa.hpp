#pragma once

#include "pes/export.hpp"

#include <string>
#include <string_view>

namespace pes::port {

/// A time-stamping authority (RFC 3161).
class PES_EXPORT Tsa {
 public:
  Tsa() = default;
  Tsa(const Tsa&) = delete;
  Tsa& operator=(const Tsa&) = delete;
  virtual ~Tsa();

  /// For people: « horodatage https://… » or the sandbox's name, which says that it is a test.
  [[nodiscard]] virtual std::string name() const = 0;
  /// The DER of a TimeStampResp that grants a token over this SHA-256, signed by the certificate
  /// that it carries. May be repeated freely: one more token harms nobody. Throws
  /// service_unreachable, identity_refused, service_refused, service_unexpected.
  /// @param sha256 lower-case hexadecimal
  virtual std::string stamp(std::string_view sha256) = 0;
};

}  // namespace pes::port
