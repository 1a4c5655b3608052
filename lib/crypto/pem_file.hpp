#pragma once

#include "crypto/key_material.hpp"

#include <filesystem>
#include <vector>

namespace pes::crypto {

bool is_pem(const Secret& bytes);

bool has_private_key(const Secret& pem);

/// True when reading the private key takes a password.
bool is_encrypted_pem(const Secret& pem);

std::vector<Certificate> certificates_in_pem(const Secret& pem);

/// The private key, when there is one, and the certificates. Asks for the password at most
/// once, and only of an encrypted key. Throws pin_wrong, key_unsupported naming `file`.
KeyMaterial read_pem(const Secret& pem, const std::filesystem::path& file, const AskPassword& ask);

}  // namespace pes::crypto
