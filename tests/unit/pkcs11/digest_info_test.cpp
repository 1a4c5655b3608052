#include "pkcs11/digest_info.hpp"

#include "crypto/digest.hpp"
#include "crypto/openssl_digest.hpp"
#include "support/owned.hpp"

#include <doctest/doctest.h>
#include <openssl/x509.h>

using namespace pes;
using port::DigestAlgorithm;

TEST_SUITE_BEGIN("pkcs11");

TEST_CASE("a DigestInfo is the one that OpenSSL reads: algorithm without parameters, and digest") {
  for (const DigestAlgorithm algorithm : {DigestAlgorithm::sha1, DigestAlgorithm::sha256,
                                          DigestAlgorithm::sha384, DigestAlgorithm::sha512}) {
    const Bytes digest = crypto::digest(algorithm, "PES");

    const Bytes info = pkcs11::digest_info(algorithm, digest);

    const auto* cursor = reinterpret_cast<const unsigned char*>(info.data());
    const Owned<X509_SIG, X509_SIG_free> read(
        d2i_X509_SIG(nullptr, &cursor, static_cast<long>(info.size())));
    REQUIRE(read);
    const X509_ALGOR* method = nullptr;
    const ASN1_OCTET_STRING* value = nullptr;
    X509_SIG_get0(read.get(), &method, &value);
    CHECK(OBJ_obj2nid(method->algorithm) == EVP_MD_get_type(crypto::openssl_digest(algorithm)));
    CHECK(as_text(digest) ==
          std::string_view(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                           static_cast<std::size_t>(ASN1_STRING_length(value))));
  }
}

TEST_SUITE_END();
