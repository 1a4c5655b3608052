#pragma once

#include "pes/port/signer.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace pes::xades {

inline constexpr std::string_view exclusive_c14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
inline constexpr std::string_view exclusive_c14n_with_comments =
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments";
inline constexpr std::string_view enveloped_signature =
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
inline constexpr std::string_view sha256_uri = "http://www.w3.org/2001/04/xmlenc#sha256";
inline constexpr std::string_view rsa_sha256_uri =
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

inline constexpr std::string_view xades_1_1_1 = "http://uri.etsi.org/01903/v1.1.1#";
inline constexpr std::string_view xades_1_2_2 = "http://uri.etsi.org/01903/v1.2.2#";
inline constexpr std::string_view xades_1_3_2 = "http://uri.etsi.org/01903/v1.3.2#";

struct DigestUri {
  port::DigestAlgorithm algorithm;
  std::string_view uri;
};
/// Every digest method that is accepted.
inline constexpr std::array<DigestUri, 4> digest_uris = {{
    {port::DigestAlgorithm::sha256, sha256_uri},
    {port::DigestAlgorithm::sha1, "http://www.w3.org/2000/09/xmldsig#sha1"},
    {port::DigestAlgorithm::sha384, "http://www.w3.org/2001/04/xmldsig-more#sha384"},
    {port::DigestAlgorithm::sha512, "http://www.w3.org/2001/04/xmlenc#sha512"},
}};

/// Closed lists (signature §8, checks 7 and 9): nothing else is accepted.
std::optional<port::DigestAlgorithm> digest_of_uri(std::string_view digest_method);
/// What a digest method is written as.
std::string_view uri_of(port::DigestAlgorithm algorithm);
/// The digest of an RSASSA-PKCS1-v1_5 signature method.
std::optional<port::DigestAlgorithm> digest_of_rsa_uri(std::string_view signature_method);

/// "1.1.1", "1.2.2" or "1.3.2"; empty for another namespace.
std::string_view xades_version(std::string_view xades_namespace);

}  // namespace pes::xades
