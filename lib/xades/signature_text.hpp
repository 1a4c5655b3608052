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

/// The `ds:Signature` of the profile of signature §2, signed: pure ASCII, hence the same bytes
/// in any encoding that contains ASCII, ready to be inserted before the element's end tag.
std::string signature_text(const SignatureContent& content, port::Signer& signer);

}  // namespace pes::xades
