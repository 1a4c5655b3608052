#pragma once

#include "pes/signature.hpp"
#include "support/encoding.hpp"

#include <string>
#include <string_view>

namespace pes::xades {

/// What a signature says of one element.
struct SignatureContent {
  std::string signed_id;
  Bytes digest;  // SHA-256 of the element's exclusive canonical form
  SignatureProperties properties;
  Instant signing_time;
};

/// Refuses, with field_invalid, properties that cannot be written: no role, characters that
/// XML has not.
void require_writable(const SignatureProperties& properties);

/// A signature of the profile of signature §2, all but its value: pure ASCII, hence the same
/// bytes in any encoding that contains ASCII.
struct UnsignedSignature {
  std::string id;
  std::string signed_info;
  std::string signed_properties;
};
UnsignedSignature unsigned_signature(const SignatureContent& content,
                                     const Certificate& certificate);

/// The bytes that are signed: the exclusive canonical form of SignedInfo.
std::string bytes_to_sign(const UnsignedSignature& signature);

/// The `ds:Signature`, ready to be inserted before the element's end tag.
std::string signature_text(const UnsignedSignature& signature, const Certificate& certificate,
                           const Bytes& value);

}  // namespace pes::xades
