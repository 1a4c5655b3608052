#pragma once

#include "support/owned.hpp"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

namespace pes::crypto {

// Some of OpenSSL's release functions are macros, or want a second argument.
inline void free_memory(void* memory) noexcept { OPENSSL_free(memory); }
inline void free_containers(STACK_OF(PKCS7) * stack) noexcept {
  sk_PKCS7_pop_free(stack, PKCS7_free);
}
inline void free_bags(STACK_OF(PKCS12_SAFEBAG) * stack) noexcept {
  sk_PKCS12_SAFEBAG_pop_free(stack, PKCS12_SAFEBAG_free);
}

using BigNumber = Owned<BIGNUM, BN_free>;
using BitString = Owned<ASN1_BIT_STRING, ASN1_BIT_STRING_free>;
using Asn1Value = Owned<ASN1_TYPE, ASN1_TYPE_free>;
using Bio = Owned<BIO, BIO_free_all>;
using LibraryContext = Owned<OSSL_LIB_CTX, OSSL_LIB_CTX_free>;
using Memory = Owned<unsigned char, free_memory>;
using Pkcs12 = Owned<PKCS12, PKCS12_free>;
using Pkcs12Bags = Owned<STACK_OF(PKCS12_SAFEBAG), free_bags>;
using Pkcs12Containers = Owned<STACK_OF(PKCS7), free_containers>;
using Pkey = Owned<EVP_PKEY, EVP_PKEY_free>;
using PkeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Provider = Owned<OSSL_PROVIDER, OSSL_PROVIDER_unload>;
using Text = Owned<char, free_memory>;
using X509Certificate = Owned<X509, X509_free>;

}  // namespace pes::crypto
