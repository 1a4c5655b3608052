#pragma once

#include "crypto/key_material.hpp"
#include "pes/error.hpp"

#include <filesystem>
#include <functional>
#include <optional>

namespace pes::crypto {

/// The bytes of a file that may hold a private key. Throws key_missing when there is no file.
Secret read_key_file(const std::filesystem::path& file);

[[noreturn]] void throw_no_private_key(const std::filesystem::path& file);

/// Reads in a library context (null: OpenSSL's own); nullopt leaves the reason in the queue.
using KeyReader = std::function<std::optional<KeyMaterial>(OSSL_LIB_CTX*)>;

/// Reads with the ordinary algorithms or else, when one of them is missing, with the legacy
/// ones. Throws pin_wrong, key_unsupported, and `otherwise` for bytes that make no sense.
KeyMaterial read_with_any_algorithm(const std::filesystem::path& file, ErrorCode otherwise,
                                    const KeyReader& read);

}  // namespace pes::crypto
