#include "crypto/key_reading.hpp"

#include "crypto/legacy_algorithms.hpp"
#include "crypto/openssl_errors.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <unistd.h>

#include <cerrno>

namespace pes::crypto {

namespace {

constexpr std::size_t largest_key_file = 1U << 20U;

Error unreadable(const std::filesystem::path& file, ErrorCode otherwise,
                 const OpenSslErrors& errors) {
  if (errors.wrong_password || otherwise == ErrorCode::pin_wrong) {
    return {ErrorCode::pin_wrong, say("this is not the password of {1}", {file.native()}),
            tr("check the password that was given; capital letters count"), errors.text};
  }
  return {otherwise, say("{1} cannot be read as a private key", {file.native()}),
          tr("give a PKCS#12 file (.p12, .pfx) or a PEM private key"), errors.text};
}

Error without_algorithm(const std::filesystem::path& file, const OpenSslErrors& errors) {
  return {ErrorCode::key_unsupported,
          say("{1} is protected by an algorithm that this OpenSSL does not have: RC2, RC4 or "
              "single DES in an old file",
              {file.native()}),
          tr("install OpenSSL's \"legacy\" provider, or export the key again with AES"),
          errors.text};
}

/// The same key without any tie to the context it was read in.
Pkey in_default_context(const EVP_PKEY& key) {
  const Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> encoded(EVP_PKEY2PKCS8(&key));
  return encoded ? Pkey(EVP_PKCS82PKEY(encoded.get())) : nullptr;
}

}  // namespace

Secret read_key_file(const std::filesystem::path& file) {
  std::error_code unknown;
  if (!std::filesystem::exists(file, unknown)) {
    throw Error(ErrorCode::key_missing, say("there is no key file {1}", {file.native()}),
                tr("see which keys are known: pes keys list"));
  }
  const FileDescriptor descriptor = open_for_reading(file);
  // Room for all is made beforehand: a growing string would leave copies of the key behind.
  std::string bytes(largest_key_file + 1, '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t count = ::read(descriptor.get(), bytes.data() + have, bytes.size() - have);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_io(tr("cannot read"), file, errno);
    if (count == 0) break;
    have += static_cast<std::size_t>(count);
  }
  if (have > largest_key_file) {
    throw Error(ErrorCode::key_unsupported, say("{1} is too large for a key", {file.native()}));
  }
  bytes.resize(have);
  return Secret(std::move(bytes));
}

void throw_no_private_key(const std::filesystem::path& file) {
  throw Error(ErrorCode::key_missing, say("there is no private key in {1}", {file.native()}),
              tr("give the file that holds the private key"));
}

KeyMaterial read_with_any_algorithm(const std::filesystem::path& file, ErrorCode otherwise,
                                    const KeyReader& read) {
  drain_errors();
  if (std::optional<KeyMaterial> material = read(nullptr)) return std::move(*material);
  const OpenSslErrors errors = drain_errors();
  if (!errors.unsupported_algorithm) throw unreadable(file, otherwise, errors);
  const std::optional<LegacyAlgorithms> legacy = LegacyAlgorithms::load();
  if (!legacy) throw without_algorithm(file, errors);
  std::optional<KeyMaterial> material = read(legacy->context());
  const OpenSslErrors left = drain_errors();
  // After a wrong password OpenSSL tries the ordinary algorithms again, and complains of both.
  const bool still_unsupported = left.unsupported_algorithm && !left.wrong_password;
  if (!material && still_unsupported) throw without_algorithm(file, left);
  if (!material) throw unreadable(file, otherwise, left);
  if (material->key) material->key = in_default_context(*material->key);
  return std::move(*material);
}

}  // namespace pes::crypto
