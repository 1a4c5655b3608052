#pragma once

#include "pes/error.hpp"

#include <p11-kit/pkcs11.h>

#include <string_view>

namespace pes::pkcs11 {

/// What a token's answer means; p11-kit's words for it are the cause. Those about a PIN are
/// not here: they depend on the tries that are left.
Error failure(CK_RV answer, std::string_view token);

/// Throws `failure` for anything but CKR_OK.
void require_ok(CK_RV answer, std::string_view token);

}  // namespace pes::pkcs11
