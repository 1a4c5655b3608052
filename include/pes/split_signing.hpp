#pragma once

#include "pes/certificate.hpp"
#include "pes/export.hpp"
#include "pes/signature.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Signing in two steps, for keys that are elsewhere: a remote parapheur, the service of an
// HSM, Libersign in a browser.

namespace pes {

/// One signature to be made: PKCS#1 v1.5 over `digest`, or over the bytes of `signed_info`
/// with a mechanism that digests by itself.
struct SignatureToMake {
  std::string signed_id;
  std::string content_sha256;     // lower-case hex: what Libersign calls `hash`
  std::string signed_info;        // exclusive canonical form, UTF-8
  std::vector<std::byte> digest;  // SHA-256 of `signed_info`
  std::vector<std::byte> value;   // empty until it was returned
};

/// What must be signed of a flow, and all that `finish_signing` needs to write it.
struct PreparedSigning {
  std::string name;         // what messages call the document it was read from
  std::string file_name;    // for whoever signs
  std::string file_sha256;  // lower-case hex
  Certificate certificate;
  SignatureProperties properties;
  Instant signing_time;
  bool set_dematerialisee = false;
  SignatureMode mode = SignatureMode::bordereau;
  std::vector<SignatureToMake> signatures;  // in document order
};

/// Ids of the elements that would be signed, in document order. Throws as `sign_pes_aller` for
/// what cannot be signed.
/// @param request its output is not looked at
PES_EXPORT std::vector<std::string> elements_to_sign(const SigningRequest& request);

/// Nothing is written, no key is used. Throws as `sign_pes_aller` for what cannot be signed.
/// @param request its output is not looked at
PES_EXPORT PreparedSigning prepare_signing(const SigningRequest& request,
                                           const Certificate& certificate);

/// Signs with the values that were returned. All is computed again from the file: a flow,
/// certificate or property that changed since is refused, as is a value that the certificate's
/// key did not make. Throws input_invalid, key_mismatch, and as `sign_pes_aller`.
/// @param request input and output; the rest is taken from `prepared`
PES_EXPORT SigningOutcome finish_signing(SigningRequest request, const PreparedSigning& prepared);

/// The document `pes.signature-request/1` of pes-json(5).
PES_EXPORT std::string write_prepared_signing(const PreparedSigning& prepared);
/// @param name what messages call it
/// Throws input_invalid for what is no such document, or one of a newer version.
PES_EXPORT PreparedSigning read_prepared_signing(std::string_view json, const std::string& name);

/// Inserts what Libersign returned (signature §5): for each element to sign, in document
/// order, the base64 of a document that wraps its `ds:Signature`, joined by commas. The result
/// is verified as one that was signed here. Throws input_invalid, key_mismatch, and as
/// `sign_pes_aller`.
/// @param name what messages call the file that holds it
PES_EXPORT SigningOutcome inject_signatures(const SigningRequest& request,
                                            std::string_view returned, const std::string& name);

}  // namespace pes
