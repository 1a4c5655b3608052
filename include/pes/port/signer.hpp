#pragma once

#include "pes/certificate.hpp"
#include "pes/export.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace pes::port {

enum class DigestAlgorithm { sha1, sha256, sha384, sha512 };

/// A certificate and "sign this digest", nothing more: a file, a token or a remote
/// service can stand behind it.
class PES_EXPORT Signer {
 public:
  Signer() = default;
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;
  virtual ~Signer();

  [[nodiscard]] virtual const Certificate& certificate() const = 0;
  /// Told how many signatures are about to be asked for: a key that wants its PIN for each
  /// can then say so. Nothing is done by default.
  virtual void expect(std::size_t signatures);
  /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2) over an already computed digest. Throws
  /// pin_wrong, pin_blocked, key_unsupported, key_missing (token removed).
  virtual std::vector<std::byte> sign(DigestAlgorithm algorithm,
                                      std::span<const std::byte> digest) = 0;
};

}  // namespace pes::port
