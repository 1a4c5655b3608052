#include "crypto/pem_file.hpp"

#include "crypto/certificate.hpp"
#include "crypto/key_reading.hpp"
#include "crypto/legacy_algorithms.hpp"
#include "crypto/openssl_errors.hpp"

#include <openssl/pem.h>

#include <algorithm>
#include <string_view>

namespace pes::crypto {

namespace {

Bio reader(std::string_view text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// OpenSSL's way to get a password; without one it would ask on the terminal.
int give_password(char* buffer, int size, int /*writing*/, void* user) {
  const std::string& password = static_cast<const Secret*>(user)->reveal();
  if (password.size() > static_cast<std::size_t>(size)) return -1;
  std::copy(password.begin(), password.end(), buffer);
  return static_cast<int>(password.size());
}

constexpr std::string_view key_mark = "PRIVATE KEY-----";

/// The key alone: when OpenSSL cannot read it, it goes on to what follows and forgets why.
std::string_view private_key_of(std::string_view pem) {
  const std::size_t mark = pem.find(key_mark);
  const std::size_t begin = pem.rfind("-----BEGIN ", mark);
  const std::size_t end = pem.find(key_mark, mark + key_mark.size());
  if (begin == std::string_view::npos || end == std::string_view::npos) return pem;
  return pem.substr(begin, end + key_mark.size() - begin);
}

}  // namespace

bool is_pem(const Secret& bytes) { return bytes.reveal().find("-----BEGIN ") != std::string::npos; }

bool has_private_key(const Secret& pem) { return pem.reveal().find(key_mark) != std::string::npos; }

bool is_encrypted_pem(const Secret& pem) {
  const std::string& text = pem.reveal();
  return text.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string::npos ||
         text.find("Proc-Type: 4,ENCRYPTED") != std::string::npos;
}

std::vector<Certificate> certificates_in_pem(const Secret& pem) {
  std::vector<Certificate> certificates;
  const Bio source = reader(pem.reveal());
  Secret no_password;
  while (const X509Certificate certificate{
      PEM_read_bio_X509(source.get(), nullptr, give_password, &no_password)}) {
    certificates.push_back(describe(*certificate));
  }
  drain_errors();
  return certificates;
}

KeyMaterial read_pem(const Secret& pem, const std::filesystem::path& file, const AskPassword& ask) {
  if (!has_private_key(pem)) return {nullptr, certificates_in_pem(pem)};
  const bool encrypted = is_encrypted_pem(pem);
  Secret password = encrypted ? ask() : Secret();
  // What a wrong password yields may look like anything.
  const ErrorCode otherwise = encrypted ? ErrorCode::pin_wrong : ErrorCode::key_unsupported;
  KeyMaterial material = read_with_any_algorithm(
      file, otherwise, [&](OSSL_LIB_CTX* context) -> std::optional<KeyMaterial> {
        const Bio source = reader(private_key_of(pem.reveal()));
        const ThreadContext looked_up_in(context);
        Pkey key(PEM_read_bio_PrivateKey_ex(source.get(), nullptr, give_password, &password,
                                            context, nullptr));
        if (!key) return std::nullopt;
        return KeyMaterial{std::move(key), {}};
      });
  material.certificates = certificates_in_pem(pem);
  return material;
}

}  // namespace pes::crypto
