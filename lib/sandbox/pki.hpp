#pragma once

#include "pes/time.hpp"
#include "support/owned.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <string>
#include <string_view>

namespace pes::sandbox {

using PrivateKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using X509Certificate = Owned<X509, X509_free>;

/// A certificate and its private key, made here for tests.
struct Identity {
  X509Certificate certificate;
  PrivateKey key;
};

/// What a certificate is for: decides its extensions.
enum class Purpose { authority, server, client, signature, time_stamping };

/// Makes an RSA 2048 identity whose subject says that it is a test.
/// @param issuer null: the certificate signs itself
Identity make_identity(Purpose purpose, std::string_view common_name, Instant from, Instant until,
                       const Identity* issuer);

std::string pem_of(const X509& certificate);
std::string pem_of(const EVP_PKEY& key);
/// The identity with its authority's certificate in a PKCS#12.
std::string pkcs12_of(const Identity& identity, const X509& authority, const std::string& password);

/// Throws config_invalid when it is none.
X509Certificate certificate_from_pem(std::string_view pem);
PrivateKey key_from_pem(std::string_view pem);
/// Lower-case hex of the SHA-256 of the DER.
std::string fingerprint(const X509& certificate);
/// When its validity ends.
Instant end_of(const X509& certificate);
bool is_valid_at(const X509& certificate, Instant instant);

/// 128 random bits, in hex.
std::string random_secret();

}  // namespace pes::sandbox
