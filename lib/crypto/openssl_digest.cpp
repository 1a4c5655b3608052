#include "crypto/openssl_digest.hpp"

#include "pes/error.hpp"
#include "support/owned.hpp"
#include "support/text.hpp"

namespace pes::crypto {

namespace {

using Algorithm = Owned<EVP_MD, EVP_MD_free>;

/// OpenSSL looks for an algorithm by its name, behind locks, each time that one is used which was
/// not fetched before.
Algorithm fetched(const char* name) {
  Algorithm algorithm(EVP_MD_fetch(nullptr, name, nullptr));
  if (!algorithm) throw Error(ErrorCode::internal, say("OpenSSL has no {1}", {name}));
  return algorithm;
}

}  // namespace

const EVP_MD* openssl_digest(port::DigestAlgorithm algorithm) {
  switch (algorithm) {
    case port::DigestAlgorithm::sha1: {
      static const Algorithm sha1 = fetched("SHA1");
      return sha1.get();
    }
    case port::DigestAlgorithm::sha384: {
      static const Algorithm sha384 = fetched("SHA384");
      return sha384.get();
    }
    case port::DigestAlgorithm::sha512: {
      static const Algorithm sha512 = fetched("SHA512");
      return sha512.get();
    }
    case port::DigestAlgorithm::sha256:
      break;
  }
  static const Algorithm sha256 = fetched("SHA256");
  return sha256.get();
}

}  // namespace pes::crypto
