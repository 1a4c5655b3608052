#include "xades/algorithms.hpp"

namespace pes::xades {

using port::DigestAlgorithm;

std::string_view uri_of(DigestAlgorithm algorithm) {
  for (const DigestUri& known : digest_uris) {
    if (known.algorithm == algorithm) return known.uri;
  }
  return {};
}

std::optional<DigestAlgorithm> digest_of_uri(std::string_view digest_method) {
  for (const DigestUri& known : digest_uris) {
    if (known.uri == digest_method) return known.algorithm;
  }
  return std::nullopt;
}

std::optional<DigestAlgorithm> digest_of_rsa_uri(std::string_view signature_method) {
  if (signature_method == rsa_sha256_uri) return DigestAlgorithm::sha256;
  if (signature_method == "http://www.w3.org/2000/09/xmldsig#rsa-sha1") {
    return DigestAlgorithm::sha1;
  }
  if (signature_method == "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384") {
    return DigestAlgorithm::sha384;
  }
  if (signature_method == "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512") {
    return DigestAlgorithm::sha512;
  }
  return std::nullopt;
}

std::string_view xades_version(std::string_view xades_namespace) {
  if (xades_namespace == xades_1_1_1) return "1.1.1";
  if (xades_namespace == xades_1_2_2) return "1.2.2";
  if (xades_namespace == xades_1_3_2) return "1.3.2";
  return {};
}

}  // namespace pes::xades
