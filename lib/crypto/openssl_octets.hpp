#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace pes::crypto {

/// The same bytes as OpenSSL's functions take them.
inline const unsigned char* octets(std::span<const std::byte> bytes) {
  // std::byte and unsigned char may both alias any object.
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

inline std::vector<std::byte> byte_vector(std::span<const unsigned char> bytes) {
  const std::span<const std::byte> view = std::as_bytes(bytes);
  return {view.begin(), view.end()};
}

}  // namespace pes::crypto
