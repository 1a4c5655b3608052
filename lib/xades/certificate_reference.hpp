#pragma once

#include "pes/certificate.hpp"
#include "pes/port/signer.hpp"
#include "support/encoding.hpp"
#include "xades/signature_tree.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pes::xades {

/// A digest method and value, whose two elements real files put either in the XML signature
/// namespace or in the XAdES one (signature §6).
struct AlgorithmAndDigest {
  std::optional<port::DigestAlgorithm> algorithm;  // nullopt: missing, or not accepted
  std::optional<Bytes> digest;
};
AlgorithmAndDigest read_digest(Element parent, std::string_view xades);

/// What SigningCertificate, or SigningCertificateV2 of XAdES 1.3.2, says of the signer's
/// certificate.
struct CertificateReference {
  std::size_t certificates = 0;  // how many it names; what follows is of the only one
  AlgorithmAndDigest digest;
  std::optional<std::string> issuer;
  std::optional<std::string> serial;
  bool second_version = false;  // in which issuer and serial number are optional
};
CertificateReference read_certificate_reference(const SignatureTree& tree);

/// True when the digest is that of the certificate.
bool has_digest_of(const CertificateReference& reference, const Certificate& certificate);

}  // namespace pes::xades
