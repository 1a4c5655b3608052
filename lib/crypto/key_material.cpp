#include "crypto/key_material.hpp"

#include "crypto/certificate.hpp"

namespace pes::crypto {

const Certificate* own_certificate(const EVP_PKEY& key,
                                   const std::vector<Certificate>& certificates) {
  const Certificate* own = nullptr;
  for (const Certificate& certificate : certificates) {
    if (!belongs_to(certificate, key)) continue;
    if (own == nullptr || certificate.not_after > own->not_after) own = &certificate;
  }
  return own;
}

}  // namespace pes::crypto
