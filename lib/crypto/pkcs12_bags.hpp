#pragma once

#include "crypto/openssl_handles.hpp"
#include "pes/certificate.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pes::crypto {

/// A certificate, and the mark that ties it to its key (localKeyID, RFC 7292 §4.2); may be empty.
struct MarkedCertificate {
  Certificate certificate;
  std::string key_id;
};

/// What the bags of a PKCS#12 hold; of several keys, the first.
struct BagContents {
  Pkey key;
  std::vector<MarkedCertificate> certificates;
};

/// How to decrypt bags: `password` may be null, which is not the same as empty.
/// OpenSSL 3.0's PKCS12_parse looks for the cipher of the key in the default context even
/// when the container has another: hence this reading bag by bag.
struct BagDecryption {
  const char* password = nullptr;
  OSSL_LIB_CTX* context = nullptr;
};

/// Reads every bag. nullopt when one cannot be decrypted or decoded; OpenSSL's queue says why.
std::optional<BagContents> read_bags(const PKCS12& container, const BagDecryption& decryption);

/// Reads the bags that are not encrypted; what cannot be read is left out.
BagContents read_bags_in_clear(const PKCS12& container);

}  // namespace pes::crypto
