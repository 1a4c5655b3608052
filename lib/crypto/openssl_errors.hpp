#pragma once

#include <string>

namespace pes::crypto {

/// What OpenSSL left in this thread's error queue.
struct OpenSslErrors {
  std::string text;  // oldest first, joined by "; "; the cause of an Error
  bool unsupported_algorithm = false;
  bool wrong_password = false;
};

/// Empties the queue.
OpenSslErrors drain_errors();

}  // namespace pes::crypto
