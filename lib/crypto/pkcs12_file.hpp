#pragma once

#include "crypto/key_material.hpp"

#include <filesystem>
#include <optional>

namespace pes::crypto {

/// Key and certificates of a PKCS#12 (RFC 7292). Asks for the password at most once, and not at
/// all when the file opens without. Throws pin_wrong, key_unsupported naming `file`.
KeyMaterial read_pkcs12(const Secret& der, const std::filesystem::path& file,
                        const AskPassword& ask);

/// What is known without the password: the certificate marked as the key's own, or else the
/// first that is no authority's. nullopt when they are encrypted. Throws key_unsupported for
/// bytes that are no PKCS#12.
std::optional<Certificate> certificate_in_clear(const Secret& der,
                                                const std::filesystem::path& file);

}  // namespace pes::crypto
