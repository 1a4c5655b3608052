#pragma once

#include "pes/certificate.hpp"
#include "xades/check_row.hpp"
#include "xades/signature_tree.hpp"

#include <optional>
#include <vector>

namespace pes::xades {

/// What KeyInfo gives as the signer's certificate, and check 14 of signature §8. KeyName,
/// RetrievalMethod and KeyValue give no key: a KeyValue that is not the certificate's is refused.
struct SignerCertificate {
  std::optional<Certificate> certificate;
  std::vector<Certificate> others;  // that came with it
  CheckRow row{14, "certificate.choice", SubIndication::no_signing_certificate_found};
};

SignerCertificate choose_certificate(const SignatureTree& tree);

/// Check 16 of signature §8.
CheckRow check_signing_certificate(const SignatureTree& tree,
                                   const std::optional<Certificate>& certificate);

}  // namespace pes::xades
