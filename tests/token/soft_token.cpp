#include "token/soft_token.hpp"

#include <openssl/core_names.h>
#include <p11-kit/p11-kit.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace pes::test {

using namespace crypto;

namespace {

constexpr const char* officer_pin = "officier-essai";

void require(CK_RV answer) {
  if (answer != CKR_OK) throw std::runtime_error(p11_kit_strerror(answer));
}

std::string space_filled(const std::string& label) {
  constexpr std::size_t width = 32;
  return label + std::string(width - label.size(), ' ');
}

CK_UTF8CHAR_PTR utf8(const char* text) {
  return reinterpret_cast<CK_UTF8CHAR_PTR>(const_cast<char*>(text));
}

/// The module, initialised for as long as this object is there.
class Module {
 public:
  Module() : functions_(p11_kit_module_load(soft_module().c_str(), 0)) {
    if (functions_ == nullptr) throw std::runtime_error(p11_kit_message());
    require(p11_kit_module_initialize(functions_));
  }
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;
  ~Module() {
    p11_kit_module_finalize(functions_);
    p11_kit_module_release(functions_);
  }
  CK_FUNCTION_LIST* operator->() const { return functions_; }

  [[nodiscard]] std::vector<CK_SLOT_ID> slots() const {
    CK_ULONG count = 0;
    require(functions_->C_GetSlotList(CK_TRUE, nullptr, &count));
    std::vector<CK_SLOT_ID> slots(count);
    require(functions_->C_GetSlotList(CK_TRUE, slots.data(), &count));
    return slots;
  }

  [[nodiscard]] CK_SLOT_ID slot_of(const std::string& label) const {
    for (const CK_SLOT_ID slot : slots()) {
      CK_TOKEN_INFO info{};
      require(functions_->C_GetTokenInfo(slot, &info));
      const std::string found(reinterpret_cast<const char*>(info.label), sizeof(info.label));
      if (found == space_filled(label)) return slot;
    }
    throw std::runtime_error("no token " + label);
  }

 private:
  CK_FUNCTION_LIST* functions_;
};

class Session {
 public:
  Session(const Module& module, const std::string& label, CK_USER_TYPE user, const char* pin)
      : module_(module) {
    require(module->C_OpenSession(module.slot_of(label), CKF_SERIAL_SESSION | CKF_RW_SESSION,
                                  nullptr, nullptr, &handle_));
    require(module->C_Login(handle_, user, utf8(pin), std::string(pin).size()));
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    module_->C_Logout(handle_);
    module_->C_CloseSession(handle_);
  }
  [[nodiscard]] CK_SESSION_HANDLE handle() const { return handle_; }

 private:
  const Module& module_;
  CK_SESSION_HANDLE handle_ = 0;
};

std::string number(const EVP_PKEY& key, const char* name) {
  BIGNUM* value = nullptr;
  if (EVP_PKEY_get_bn_param(&key, name, &value) != 1) throw std::runtime_error(name);
  const BigNumber owner(value);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
  BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
  return bytes;
}

std::string der(X509& certificate) {
  unsigned char* bytes = nullptr;
  const int length = i2d_X509(&certificate, &bytes);
  if (length < 0) throw std::runtime_error("no DER");
  const Memory owner(bytes);
  return {reinterpret_cast<char*>(bytes), static_cast<std::size_t>(length)};
}

std::string der(X509_NAME& name) {
  unsigned char* bytes = nullptr;
  const int length = i2d_X509_NAME(&name, &bytes);
  if (length < 0) throw std::runtime_error("no DER");
  const Memory owner(bytes);
  return {reinterpret_cast<char*>(bytes), static_cast<std::size_t>(length)};
}

/// Attributes of an object to be created; they look at values that the caller keeps.
class Template {
 public:
  void add(CK_ATTRIBUTE_TYPE type, std::string& value) {
    attributes_.push_back({type, value.data(), value.size()});
  }
  template <typename T>
  void add(CK_ATTRIBUTE_TYPE type, const T& value) {
    // PKCS#11 has one structure for values read and values written.
    attributes_.push_back({type, const_cast<T*>(&value), sizeof(T)});
  }
  void create(const Module& module, const Session& session) {
    CK_OBJECT_HANDLE object = 0;
    require(
        module->C_CreateObject(session.handle(), attributes_.data(), attributes_.size(), &object));
  }

 private:
  std::vector<CK_ATTRIBUTE> attributes_;
};

constexpr CK_BBOOL yes = CK_TRUE;
constexpr CK_BBOOL no = CK_FALSE;

void put_private_key(const Module& module, const Session& session, const EVP_PKEY& key,
                     StoredKeyWish wish) {
  CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
  CK_KEY_TYPE type = CKK_RSA;
  Template object;
  object.add(CKA_CLASS, kind);
  object.add(CKA_KEY_TYPE, type);
  object.add(CKA_TOKEN, yes);
  object.add(CKA_PRIVATE, yes);
  object.add(CKA_SENSITIVE, yes);
  object.add(CKA_EXTRACTABLE, no);
  object.add(CKA_SIGN, yes);
  object.add(CKA_ALWAYS_AUTHENTICATE, wish.always_authenticate ? yes : no);
  object.add(CKA_ID, wish.id);
  object.add(CKA_LABEL, wish.label);
  const std::vector<std::pair<CK_ATTRIBUTE_TYPE, const char*>> parts{
      {CKA_MODULUS, OSSL_PKEY_PARAM_RSA_N},
      {CKA_PUBLIC_EXPONENT, OSSL_PKEY_PARAM_RSA_E},
      {CKA_PRIVATE_EXPONENT, OSSL_PKEY_PARAM_RSA_D},
      {CKA_PRIME_1, OSSL_PKEY_PARAM_RSA_FACTOR1},
      {CKA_PRIME_2, OSSL_PKEY_PARAM_RSA_FACTOR2},
      {CKA_EXPONENT_1, OSSL_PKEY_PARAM_RSA_EXPONENT1},
      {CKA_EXPONENT_2, OSSL_PKEY_PARAM_RSA_EXPONENT2},
      {CKA_COEFFICIENT, OSSL_PKEY_PARAM_RSA_COEFFICIENT1}};
  std::vector<std::string> values;
  for (const auto& part : parts) values.push_back(number(key, part.second));
  for (std::size_t i = 0; i < parts.size(); ++i) object.add(parts[i].first, values[i]);
  object.create(module, session);
}

void put_certificate(const Module& module, const Session& session, X509& certificate,
                     StoredKeyWish wish) {
  CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
  CK_CERTIFICATE_TYPE type = CKC_X_509;
  std::string value = der(certificate);
  std::string subject = der(*X509_get_subject_name(&certificate));
  Template object;
  object.add(CKA_CLASS, kind);
  object.add(CKA_CERTIFICATE_TYPE, type);
  object.add(CKA_TOKEN, yes);
  object.add(CKA_PRIVATE, no);
  object.add(CKA_ID, wish.id);
  object.add(CKA_LABEL, wish.label);
  object.add(CKA_SUBJECT, subject);
  object.add(CKA_VALUE, value);
  object.create(module, session);
}

}  // namespace

std::filesystem::path soft_module() {
  for (const char* place :
       {"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"}) {
    if (std::filesystem::exists(place)) return place;
  }
  std::cout << "SKIPPED: SoftHSM is not there\n";
  return {};
}

SoftTokens::SoftTokens(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder / "tokens");
  const std::filesystem::path settings = folder / "softhsm2.conf";
  std::ofstream(settings) << "directories.tokendir = " << (folder / "tokens").native() << "\n"
                          << "objectstore.backend = file\n"
                          << "log.level = ERROR\n";
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs in these tests.
  ::setenv("SOFTHSM2_CONF", settings.c_str(), 1);
}

void SoftTokens::make(const std::string& label) const {
  {
    const Module module;
    std::string name = space_filled(label);
    require(module->C_InitToken(module.slots().back(), utf8(officer_pin),
                                std::string(officer_pin).size(), utf8(name.data())));
  }
  // SoftHSM gives a token that was made its own slot at the next start.
  const Module module;
  const Session officer(module, label, CKU_SO, officer_pin);
  require(module->C_InitPIN(officer.handle(), utf8(token_pin), std::string(token_pin).size()));
}

void SoftTokens::put(const std::string& label, EVP_PKEY& key, const StoredKeyWish& wish) const {
  const Module module;
  const Session session(module, label, CKU_USER, token_pin);
  if (EVP_PKEY_is_a(&key, "RSA") == 1) put_private_key(module, session, key, wish);
  if (!wish.with_certificate) return;
  EVP_PKEY& certified = wish.certified == nullptr ? key : *wish.certified;
  put_certificate(module, session, *make_certificate(certified, wish.certificate), wish);
}

}  // namespace pes::test
