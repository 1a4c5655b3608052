#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace pes::crypto {

/// Names a certificate by who issued it and its number there.
struct IssuerSerial {
  std::string issuer;  // as Certificate::issuer
  std::string serial;  // decimal
};

/// Reads the DER of an IssuerSerial (RFC 5035 §5.4.1); nullopt for anything else, and for an
/// issuer that is not one directory name.
std::optional<IssuerSerial> read_issuer_serial(std::span<const std::byte> der);

}  // namespace pes::crypto
