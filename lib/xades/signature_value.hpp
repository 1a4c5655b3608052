#pragma once

#include "xades/signed_info.hpp"

#include <optional>

namespace pes::xades {

/// Check 15 of signature §8: SignatureValue is the signature of SignedInfo by the key of that
/// certificate, and no other.
/// @param method, canonicalization checks 7 and 6, which must not have failed
CheckRow check_signature_value(const SignatureTree& tree, const SignedInfo& info,
                               const std::optional<Certificate>& certificate,
                               const CheckRow& canonicalization, const CheckRow& method);

}  // namespace pes::xades
