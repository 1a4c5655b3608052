#include "crypto/digest.hpp"

#include "crypto/openssl_digest.hpp"
#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/owned.hpp"
#include "support/text.hpp"

#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace pes::crypto {

namespace {

/// Gives the file's bytes to `consume`, piece by piece.
template <typename Consume>
void read_through(const std::filesystem::path& file, Consume consume) {
  const FileDescriptor descriptor = open_for_reading(file);
  std::array<char, 131072> buffer{};
  while (true) {
    const ssize_t count = ::read(descriptor.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_io(tr("cannot read"), file, errno);
    if (count == 0) return;
    consume(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
  }
}

}  // namespace

struct Digester::Impl {
  Owned<EVP_MD_CTX, EVP_MD_CTX_free> context{EVP_MD_CTX_new()};
};

Digester::Digester(port::DigestAlgorithm algorithm) : impl_(std::make_unique<Impl>()) {
  if (!impl_->context ||
      EVP_DigestInit_ex(impl_->context.get(), openssl_digest(algorithm), nullptr) != 1) {
    throw Error(ErrorCode::internal, tr("this digest algorithm is not available"));
  }
}

Digester::Digester(Digester&&) noexcept = default;
Digester& Digester::operator=(Digester&&) noexcept = default;
Digester::~Digester() = default;

void Digester::update(std::string_view bytes) {
  EVP_DigestUpdate(impl_->context.get(), bytes.data(), bytes.size());
}

Bytes Digester::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
  unsigned length = 0;
  EVP_DigestFinal_ex(impl_->context.get(), value.data(), &length);
  const auto view = std::as_bytes(std::span(value)).first(length);
  return {view.begin(), view.end()};
}

Bytes digest(port::DigestAlgorithm algorithm, std::string_view bytes) {
  Digester digester(algorithm);
  digester.update(bytes);
  return digester.finish();
}

std::string sha256_hex(std::string_view bytes) {
  return hex(digest(port::DigestAlgorithm::sha256, bytes));
}

FileDigest digest_file(const std::filesystem::path& file) {
  Digester sha256(port::DigestAlgorithm::sha256);
  FileDigest result;
  read_through(file, [&](std::string_view piece) {
    sha256.update(piece);
    result.size += piece.size();
  });
  result.sha256 = hex(sha256.finish());
  return result;
}

std::string sha1_hex_of(const std::filesystem::path& file) {
  Digester sha1(port::DigestAlgorithm::sha1);
  read_through(file, [&](std::string_view piece) { sha1.update(piece); });
  return hex(sha1.finish());
}

}  // namespace pes::crypto
