#pragma once

#include "pes/port/signer.hpp"
#include "support/encoding.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace pes::crypto {

/// A digest being computed, fed in any number of pieces.
class Digester {
 public:
  explicit Digester(port::DigestAlgorithm algorithm);
  Digester(Digester&&) noexcept;
  Digester& operator=(Digester&&) noexcept;
  Digester(const Digester&) = delete;
  Digester& operator=(const Digester&) = delete;
  ~Digester();

  void update(std::string_view bytes);
  /// Ends the computation; the object is not used afterwards.
  Bytes finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

Bytes digest(port::DigestAlgorithm algorithm, std::string_view bytes);
/// Lower-case hex.
std::string sha256_hex(std::string_view bytes);

/// What tells a file from another.
struct FileDigest {
  std::uint64_t size = 0;
  std::string sha256;  // lower-case hex
};
/// Throws as open_for_reading.
FileDigest digest_file(const std::filesystem::path& file);
/// Lower-case hex; S²LOW's key for duplicates. Throws as open_for_reading.
std::string sha1_hex_of(const std::filesystem::path& file);

}  // namespace pes::crypto
