#pragma once

#include "support/owned.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <filesystem>
#include <string>

namespace pes::test {

/// A certificate and its key, each in its PEM file.
struct TestIdentity {
  std::filesystem::path certificate;
  std::filesystem::path key;
};

/// A certification authority that lives as long as a test. Its keys are made on the spot and
/// its certificates hold for a day.
class TestAuthority {
 public:
  /// @param folder receives every file
  TestAuthority(std::filesystem::path folder, const std::string& name);

  /// PEM, for those who are to trust it.
  [[nodiscard]] const std::filesystem::path& certificate() const { return certificate_; }
  /// @param address the only one it is good for: `127.0.0.1`
  [[nodiscard]] TestIdentity issue_server(const std::string& address) const;
  [[nodiscard]] TestIdentity issue_client(const std::string& name) const;

 private:
  [[nodiscard]] TestIdentity issue(const std::string& name, const std::string& extension_name,
                                   const std::string& extension) const;

  std::filesystem::path folder_;
  std::string name_;
  std::filesystem::path certificate_;
  Owned<EVP_PKEY, EVP_PKEY_free> key_;
  Owned<X509, X509_free> x509_;
};

/// The same identity in one PKCS#12.
std::filesystem::path as_pkcs12(const TestIdentity& identity, const std::string& password);
/// The same identity with its key encrypted.
TestIdentity with_encrypted_key(const TestIdentity& identity, const std::string& password);
/// The same identity in one PEM file.
std::filesystem::path as_one_file(const TestIdentity& identity);

}  // namespace pes::test
