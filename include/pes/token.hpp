#pragma once

#include "pes/certificate.hpp"
#include "pes/export.hpp"
#include "pes/port/signer.hpp"
#include "pes/signature.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Keys on cards, tokens and HSMs, through PKCS#11 (OASIS PKCS #11 v2.40). A key is named by a
// URI of RFC 7512.

namespace pes {

/// True for `pkcs11:…`.
PES_EXPORT bool is_token_uri(std::string_view text);

/// Throws config_invalid for what is no URI of RFC 7512 and for one with a PIN in it.
PES_EXPORT void require_token_uri(std::string_view uri);

/// Where a key on a token is looked for.
struct TokenPlace {
  std::string uri;
  /// The PKCS#11 module (a shared library), unless the URI names one; empty: every module
  /// that p11-kit is configured with.
  std::filesystem::path module;
  /// PEM, for a key whose certificate is not on the token; may be empty.
  std::filesystem::path certificate;
};

/// A certificate on a token, as it is read without PIN.
struct TokenKey {
  std::string uri;    // names this one alone
  std::string token;  // its label
  Certificate certificate;
};

/// The certificates that the URI fits, in the order of their URIs; those of authorities are left
/// out. Throws key_missing
/// for a module that cannot be loaded, key_unsupported for a token that does not answer.
PES_EXPORT std::vector<TokenKey> find_token_keys(const TokenPlace& place);

/// The one that signs when none is named: the only one that may sign now (signature §12), or
/// else the only one there is, whose fault will then be told. Throws key_missing when there is
/// none, answer_needed when there are several.
/// @param keys found at `place`
PES_EXPORT const TokenKey& preselected(const std::vector<TokenKey>& keys, const TokenPlace& place,
                                       Instant now);

/// What a person is told when the PIN of a token is needed.
struct PinQuestion {
  /// What the token says of the tries that are left before it blocks (PKCS#11 tells no more).
  enum class Tries { unknown, few, last };

  std::string token;
  std::string holder;  // CN of the certificate
  Instant expiry;      // of the certificate
  Tries tries = Tries::unknown;
  /// The key wants its PIN for each signature: rank and number of this one; 0: it does not.
  std::size_t rank = 0;
  std::size_t total = 0;
};

/// How a PIN is entered: given by the caller, or typed on the reader's own keypad, which is
/// only announced.
struct PinEntry {
  std::function<Secret(const PinQuestion&)> ask;
  std::function<void(const PinQuestion&)> announce;
};

/// The PIN is wanted at the first signature. A refused PIN is never tried again: the signer
/// then repeats its refusal. Its `sign` throws pin_wrong, pin_blocked, cancelled (on the
/// reader), key_missing (token removed, no such private key), key_mismatch, key_unsupported.
/// Throws as `find_token_keys` and `preselected`.
PES_EXPORT std::unique_ptr<port::Signer> open_token_signer(const TokenPlace& place, Instant now,
                                                           PinEntry entry);

}  // namespace pes
