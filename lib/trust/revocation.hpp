#pragma once

#include "pes/trust.hpp"

#include <optional>
#include <string>

namespace pes::trust {

/// What is known of the revocation of one certificate at a time.
struct Revocation {
  enum class Status {
    good,
    revoked,
    revoked_later,  // after the time it is judged at
    unknown,
  };
  Status status = Status::unknown;
  std::optional<Instant> since;
  std::string source;  // "CRL", "OCSP"; empty when unknown
};

}  // namespace pes::trust
