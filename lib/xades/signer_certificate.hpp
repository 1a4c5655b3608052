#pragma once

#include "pes/certificate.hpp"
#include "xades/signature_tree.hpp"

#include <optional>

namespace pes::xades {

/// What KeyInfo gives as the signer's certificate, and check 14 of signature §8. KeyName,
/// RetrievalMethod and KeyValue give no key: a KeyValue that is not the certificate's is refused.
struct SignerCertificate {
  std::optional<Certificate> certificate;
  Check check;
};

SignerCertificate choose_certificate(const SignatureTree& tree);

// Checks 16, 21 and 22 of signature §8.
Check check_signing_certificate(const SignatureTree& tree,
                                const std::optional<Certificate>& certificate);
Check check_dates(const std::optional<Certificate>& certificate, std::optional<Instant> signed_at);
Check check_key_usage(const std::optional<Certificate>& certificate);

}  // namespace pes::xades
