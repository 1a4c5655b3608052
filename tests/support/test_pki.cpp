#include "support/test_pki.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <random>
#include <stdexcept>
#include <utility>

namespace pes::test {

namespace {

using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Certificate = Owned<X509, X509_free>;
using Extension = Owned<X509_EXTENSION, X509_EXTENSION_free>;
using Bio = Owned<BIO, BIO_free_all>;

void require(bool is_done, const char* what) {
  if (!is_done) throw std::runtime_error(what);
}

Key make_key() {
  Key key(EVP_EC_gen("P-256"));
  require(key != nullptr, "no key");
  return key;
}

Bio file_bio(const std::filesystem::path& path, const char* mode) {
  Bio bio(BIO_new_file(path.c_str(), mode));
  require(bio != nullptr, "no file");
  return bio;
}

void write(const std::filesystem::path& path, const X509& certificate) {
  const Bio bio = file_bio(path, "w");
  require(PEM_write_bio_X509(bio.get(), &certificate) == 1, "certificate not written");
}

void write(const std::filesystem::path& path, const EVP_PKEY& key) {
  const Bio bio = file_bio(path, "w");
  require(PEM_write_bio_PrivateKey(bio.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
          "key not written");
}

Key read_key(const std::filesystem::path& path) {
  const Bio bio = file_bio(path, "r");
  return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

Certificate read_certificate(const std::filesystem::path& path) {
  const Bio bio = file_bio(path, "r");
  return Certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

void set_name(X509_NAME* name, const std::string& common_name) {
  const std::array<std::pair<const char*, std::string>, 2> parts{
      {{"O", "pes tests"}, {"CN", common_name}}};
  for (const auto& [field, value] : parts) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's type for text.
    const auto* const bytes = reinterpret_cast<const unsigned char*>(value.c_str());
    require(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, bytes, -1, -1, 0) == 1, "name");
  }
}

void add_extension(X509& certificate, const std::string& name, const std::string& value) {
  const Extension extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, OBJ_sn2nid(name.c_str()), value.c_str()));
  require(extension && X509_add_ext(&certificate, extension.get(), -1) == 1, "extension");
}

/// Unsigned: subject, key, dates and a number of its own.
Certificate draft(const std::string& name, EVP_PKEY& key) {
  constexpr long a_day = 86'400;
  Certificate certificate(X509_new());
  require(certificate != nullptr, "no certificate");
  std::random_device source;
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), source() & 0x7FFFFFFFU);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -a_day);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), a_day);
  set_name(X509_get_subject_name(certificate.get()), name);
  X509_set_pubkey(certificate.get(), &key);
  return certificate;
}

void sign(X509& certificate, const X509& issuer, EVP_PKEY& key) {
  X509_set_issuer_name(&certificate, X509_get_subject_name(&issuer));
  require(X509_sign(&certificate, &key, EVP_sha256()) > 0, "not signed");
}

}  // namespace

TestAuthority::TestAuthority(std::filesystem::path folder, const std::string& name)
    : folder_(std::move(folder)),
      name_(name),
      certificate_(folder_ / (name + ".pem")),
      key_(make_key()),
      x509_(draft(name, *key_)) {
  add_extension(*x509_, "basicConstraints", "critical,CA:TRUE");
  add_extension(*x509_, "keyUsage", "critical,keyCertSign,cRLSign");
  sign(*x509_, *x509_, *key_);
  write(certificate_, *x509_);
}

TestIdentity TestAuthority::issue_server(const std::string& address) const {
  return issue(address, "subjectAltName", "IP:" + address);
}

TestIdentity TestAuthority::issue_client(const std::string& name) const {
  return issue(name, "extendedKeyUsage", "clientAuth");
}

TestIdentity TestAuthority::issue(const std::string& name, const std::string& extension_name,
                                  const std::string& extension) const {
  const std::filesystem::path stem = folder_ / (name_ + "-" + name);
  TestIdentity identity{stem.native() + ".pem", stem.native() + ".key"};
  const Key key = make_key();
  const Certificate certificate = draft(name, *key);
  add_extension(*certificate, extension_name, extension);
  sign(*certificate, *x509_, *key_);
  write(identity.certificate, *certificate);
  write(identity.key, *key);
  return identity;
}

std::filesystem::path as_pkcs12(const TestIdentity& identity, const std::string& password) {
  const Key key = read_key(identity.key);
  const Certificate certificate = read_certificate(identity.certificate);
  const Owned<PKCS12, PKCS12_free> container(PKCS12_create(
      password.c_str(), "test", key.get(), certificate.get(), nullptr, 0, 0, 0, 0, 0));
  require(container != nullptr, "no PKCS#12");
  const std::filesystem::path path = identity.certificate.native() + ".p12";
  const Bio bio = file_bio(path, "wb");
  require(i2d_PKCS12_bio(bio.get(), container.get()) == 1, "PKCS#12 not written");
  return path;
}

TestIdentity with_encrypted_key(const TestIdentity& identity, const std::string& password) {
  const Key key = read_key(identity.key);
  const std::filesystem::path path = identity.key.native() + ".encrypted";
  const Bio bio = file_bio(path, "w");
  require(PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), EVP_aes_256_cbc(), password.c_str(),
                                        static_cast<int>(password.size()), nullptr, nullptr) == 1,
          "key not written");
  return {identity.certificate, path};
}

std::filesystem::path as_one_file(const TestIdentity& identity) {
  const std::filesystem::path path = identity.certificate.native() + ".both";
  std::ofstream both(path);
  both << std::ifstream(identity.certificate).rdbuf() << std::ifstream(identity.key).rdbuf();
  return path;
}

}  // namespace pes::test
