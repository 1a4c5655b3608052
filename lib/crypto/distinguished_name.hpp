#pragma once

#include <openssl/x509.h>

#include <string>
#include <string_view>

namespace pes::crypto {

/// An object identifier in digits: `1.2.840.113549.1.9.1`.
std::string dotted(const ASN1_OBJECT& type);

/// The name as Java's X500Principal prints it in its RFC 2253 form, which the readers of a
/// signature compare as text (signature §3): most specific first; keywords for CN, C, O, OU,
/// L, ST, STREET, DC and UID only, any other type as dotted OID and `#` hex of the DER; UTF-8.
std::string java_rfc2253(const X509_NAME& name);

/// The most specific CN in UTF-8; the whole name when it has none.
std::string common_name(const X509_NAME& name);

/// The most specific O in UTF-8; empty when it has none.
std::string organization(const X509_NAME& name);

/// True when two printed names have the same parts: order (either way round), blanks, case
/// and the many spellings of keywords are of no account. False for what is no name.
bool same_distinguished_name(std::string_view left, std::string_view right);

}  // namespace pes::crypto
