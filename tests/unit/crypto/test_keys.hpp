#pragma once

#include "crypto/openssl_handles.hpp"
#include "pes/time.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pes::test {

/// Attribute type (short name or dotted OID) and UTF-8 value, least specific first.
using NameParts = std::vector<std::pair<std::string, std::string>>;

/// What a test wants of a certificate.
struct CertificateWish {
  NameParts subject{{"C", "FR"}, {"O", "Ville de Saint-Étienne"}, {"CN", "Amélie MARTIN"}};
  NameParts issuer{{"C", "FR"}, {"O", "Autorité, de test"}, {"CN", "AC Élus"}};
  Instant not_before = std::chrono::sys_days(std::chrono::year(2024) / 1 / 1);
  Instant not_after = std::chrono::sys_days(std::chrono::year(2034) / 1 / 1);
  std::string key_usage = "critical,nonRepudiation";  // empty: no extension
  std::string serial = "427259974943974867302612086964623560387531063155";
  bool is_authority = false;
  /// Others: type (short name or dotted OID), value as in OpenSSL's configuration.
  std::vector<std::pair<std::string, std::string>> extensions;
};

/// A fresh key pair, made for the run.
crypto::Pkey make_rsa_key(unsigned bits = 2048);
crypto::Pkey make_ec_key();

/// The same RSA 2048 key for the whole run, to save time.
EVP_PKEY& shared_key();

/// A certificate of that public key, signed by the key itself whatever its issuer's name is.
crypto::X509Certificate make_certificate(EVP_PKEY& key, const CertificateWish& wish = {});

std::string pem(X509& certificate);
/// @param password none: not encrypted
std::string pem(EVP_PKEY& key, const std::string& password = {});

/// A PKCS#8 key in PEM, encrypted with RC2 as OpenSSL 3 only does in its legacy provider.
std::string pem_with_rc2(EVP_PKEY& key, const std::string& password);
/// A PEM key of the form before PKCS#8, whose encryption is told in headers.
std::string traditional_pem(EVP_PKEY& key, const std::string& password);
/// The same encrypted with single DES, as old programs did.
std::string traditional_pem_with_des(EVP_PKEY& key, const std::string& password);

enum class Pkcs12Encryption { modern, rc2, certificates_in_clear };

/// @param others further certificates, put before the key's own one
std::string pkcs12(EVP_PKEY& key, X509& own, const std::vector<X509*>& others,
                   const std::string& password, Pkcs12Encryption encryption);

void write_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace pes::test
