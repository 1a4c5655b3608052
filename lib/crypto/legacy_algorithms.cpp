#include "crypto/legacy_algorithms.hpp"

#include "crypto/openssl_errors.hpp"

#include <utility>

namespace pes::crypto {

LegacyAlgorithms::LegacyAlgorithms(LibraryContext context, Provider ordinary, Provider legacy)
    : context_(std::move(context)), ordinary_(std::move(ordinary)), legacy_(std::move(legacy)) {}

std::optional<LegacyAlgorithms> LegacyAlgorithms::load() {
  LibraryContext context(OSSL_LIB_CTX_new());
  Provider ordinary(OSSL_PROVIDER_load(context.get(), "default"));
  Provider legacy(OSSL_PROVIDER_load(context.get(), "legacy"));
  if (!context || !ordinary || !legacy) {
    drain_errors();
    return std::nullopt;
  }
  return LegacyAlgorithms(std::move(context), std::move(ordinary), std::move(legacy));
}

}  // namespace pes::crypto
