#pragma once

#include "crypto/openssl_handles.hpp"
#include "pes/certificate.hpp"
#include "pes/port/signer.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pes::crypto {

/// Null when the bytes are not the DER of one X.509 certificate and nothing more.
X509Certificate x509_from(std::span<const std::byte> der);

/// nullopt when the bytes are not the DER of one X.509 certificate and nothing more.
std::optional<Certificate> parse_certificate(std::span<const std::byte> der);

Certificate describe(const X509& certificate);

bool belongs_to(const Certificate& certificate, const EVP_PKEY& key);

/// An RSA public key, big-endian without leading zeros.
struct RsaPublicKey {
  std::vector<std::byte> modulus;
  std::vector<std::byte> exponent;
  bool operator==(const RsaPublicKey&) const = default;
};

/// nullopt when the certificate's key is not RSA.
std::optional<RsaPublicKey> rsa_public_key(const Certificate& certificate);

/// True when `signature` is the RSASSA-PKCS1-v1_5 signature (RFC 8017 §8.2) of the digest by
/// the certificate's key; false as well when that key is not RSA.
bool verifies(const Certificate& certificate, port::DigestAlgorithm algorithm,
              std::span<const std::byte> digest, std::span<const std::byte> signature);

}  // namespace pes::crypto
