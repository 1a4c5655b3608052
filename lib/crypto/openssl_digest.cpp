#include "crypto/openssl_digest.hpp"

namespace pes::crypto {

const EVP_MD* openssl_digest(port::DigestAlgorithm algorithm) {
  switch (algorithm) {
    case port::DigestAlgorithm::sha1:
      return EVP_sha1();
    case port::DigestAlgorithm::sha256:
      return EVP_sha256();
    case port::DigestAlgorithm::sha384:
      return EVP_sha384();
    case port::DigestAlgorithm::sha512:
      return EVP_sha512();
  }
  return EVP_sha256();
}

}  // namespace pes::crypto
