#pragma once

#include "crypto/openssl_handles.hpp"
#include "pes/signature.hpp"

#include <functional>
#include <vector>

namespace pes::crypto {

using AskPassword = std::function<Secret()>;

/// What a key file holds; the key may be absent.
struct KeyMaterial {
  Pkey key;
  std::vector<Certificate> certificates;  // in the order of the file
};

/// Of the certificates for this very key, the one that ends last (a renewal may keep the key);
/// null when there is none.
const Certificate* own_certificate(const EVP_PKEY& key,
                                   const std::vector<Certificate>& certificates);

}  // namespace pes::crypto
