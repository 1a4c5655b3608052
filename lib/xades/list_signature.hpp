#pragma once

#include "pes/trust.hpp"

#include <string_view>

namespace pes::xades {

/// Checks the enveloped signature that a trusted list bears (ETSI TS 119 612 §5.7.1): the list
/// and the signed properties are as they were when the holder of the certificate in KeyInfo
/// signed them. Whether that certificate is the operator's is for the caller to know.
/// Throws input_invalid when the signature does not match.
/// @param name of the file, for messages
ListSignature check_list_signature(std::string_view xml, std::string_view name);

}  // namespace pes::xades
