#pragma once

#include "crypto/openssl_handles.hpp"

#include <openssl/crypto.h>

#include <optional>

namespace pes::crypto {

/// A library context of its own in which the algorithms of old key files (RC2, single DES…)
/// exist beside the ordinary ones; OpenSSL 3 keeps them in its "legacy" provider. The rest of
/// the process does not see them.
class LegacyAlgorithms {
 public:
  /// nullopt when that provider is not installed.
  static std::optional<LegacyAlgorithms> load();

  [[nodiscard]] OSSL_LIB_CTX* context() const noexcept { return context_.get(); }

 private:
  LegacyAlgorithms(LibraryContext context, Provider ordinary, Provider legacy);

  LibraryContext context_;  // first, hence freed after its providers
  Provider ordinary_;
  Provider legacy_;
};

/// While it lasts, where this thread looks for an algorithm when OpenSSL is told no context. For
/// what takes none: the cipher that the header of a traditional PEM key names is one.
class ThreadContext {
 public:
  /// @param context null: the one there is
  explicit ThreadContext(OSSL_LIB_CTX* context) : before_(OSSL_LIB_CTX_set0_default(context)) {}
  ThreadContext(const ThreadContext&) = delete;
  ThreadContext& operator=(const ThreadContext&) = delete;
  ~ThreadContext() { OSSL_LIB_CTX_set0_default(before_); }

 private:
  OSSL_LIB_CTX* before_;
};

}  // namespace pes::crypto
