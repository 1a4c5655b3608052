#pragma once

#include "pkcs11/p11_handles.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace pes::pkcs11 {

/// Throws config_invalid: no URI of RFC 7512, attributes that are not known, or a PIN in it.
Uri parse_uri(std::string_view text);

/// `module-path` of the URI; empty when it has none.
std::filesystem::path module_path(const Uri& uri);

/// The URI of an object: its token (manufacturer, model, serial number, label), `CKA_ID` and
/// label, and the module when it is not one that p11-kit finds by itself.
std::string format_uri(const CK_TOKEN_INFO& token, std::string_view id, std::string_view label,
                       const std::filesystem::path& module);

}  // namespace pes::pkcs11
