#pragma once

#include "unit/crypto/test_keys.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace pes::test {

/// SoftHSM's module, or empty; says so when it is not there.
std::filesystem::path soft_module();

inline constexpr const char* token_pin = "4826-essai";

/// A key and its certificate, to be put on a token.
struct StoredKeyWish {
  std::string label = "signature";
  std::string id = "\x01";
  bool always_authenticate = false;
  bool with_certificate = true;
  EVP_PKEY* certified = nullptr;  // another key in the certificate; null: its own
  CertificateWish certificate;
};

/// The tokens of a folder, which SOFTHSM2_CONF names for this process and its children.
class SoftTokens {
 public:
  explicit SoftTokens(const std::filesystem::path& folder);

  /// A new token with `token_pin`.
  void make(const std::string& label) const;
  void put(const std::string& label, EVP_PKEY& key, const StoredKeyWish& wish = {}) const;
};

}  // namespace pes::test
