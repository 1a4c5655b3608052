#pragma once

#include "pes/time.hpp"

#include <openssl/asn1.h>

#include <optional>

namespace pes::crypto {

/// nullopt for a date that cannot be read.
std::optional<Instant> instant_of(const ASN1_TIME& time);

}  // namespace pes::crypto
