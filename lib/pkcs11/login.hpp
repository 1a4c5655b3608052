#pragma once

#include "pes/token.hpp"
#include "pkcs11/session.hpp"

namespace pes::pkcs11 {

/// True when the PIN is typed on the reader and never passes here.
bool has_keypad(const CK_TOKEN_INFO& info);

/// What the token says of the tries that are left. Throws pin_blocked when there are none, and
/// key_unsupported when no PIN was ever set.
PinQuestion::Tries tries_left(const CK_TOKEN_INFO& info, const std::string& token);

/// One try: with the PIN, or on the reader's keypad when there is none here (null).
/// @param user CKU_USER, or CKU_CONTEXT_SPECIFIC for the signature that was just begun
/// Throws pin_wrong, saying what is left, pin_blocked, cancelled, key_missing.
void log_in(const Session& session, CK_USER_TYPE user, const Secret* pin);

}  // namespace pes::pkcs11
