#pragma once

#include "pes/port/signer.hpp"
#include "support/encoding.hpp"

#include <span>

namespace pes::pkcs11 {

/// The DER DigestInfo that RSASSA-PKCS1-v1_5 pads (RFC 8017 §9.2, note 1).
Bytes digest_info(port::DigestAlgorithm algorithm, std::span<const std::byte> digest);

}  // namespace pes::pkcs11
