#pragma once

#include "pes/port/signer.hpp"

#include <openssl/evp.h>

namespace pes::crypto {

/// Never null; the same for the whole process.
const EVP_MD* openssl_digest(port::DigestAlgorithm algorithm);

}  // namespace pes::crypto
