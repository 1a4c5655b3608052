#pragma once

#include "pes/certificate.hpp"
#include "pkcs11/token.hpp"

#include <string>
#include <vector>

namespace pes::pkcs11 {

/// A certificate as a token keeps it.
struct StoredCertificate {
  Certificate certificate;
  std::string id;     // CKA_ID, which its private key has as well
  std::string label;  // CKA_LABEL
};

/// The X.509 certificates of the token that the URI's object attributes fit, authorities left
/// out.
std::vector<StoredCertificate> find_certificates(const Session& session, const Uri& uri);

}  // namespace pes::pkcs11
