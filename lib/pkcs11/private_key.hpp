#pragma once

#include "pes/certificate.hpp"
#include "pkcs11/session.hpp"

#include <string>
#include <vector>

namespace pes::pkcs11 {

/// A private key on a token, which never leaves it.
struct PrivateKey {
  CK_OBJECT_HANDLE object = 0;
  bool always_authenticate = false;  // CKA_ALWAYS_AUTHENTICATE
};

/// The private key of that certificate: the one whose modulus is the same, among those that
/// bear the certificate's `CKA_ID` when it has one. A logged in session sees them. Throws
/// key_missing, key_mismatch.
PrivateKey find_private_key(const Session& session, const Certificate& certificate, std::string id);

}  // namespace pes::pkcs11
