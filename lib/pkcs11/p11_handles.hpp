#pragma once

#include "support/owned.hpp"

#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>

#include <cstdlib>

namespace pes::pkcs11 {

inline void free_text(char* text) noexcept { std::free(text); }  // NOLINT: p11-kit's own rule

using Uri = Owned<P11KitUri, p11_kit_uri_free>;
using Text = Owned<char, free_text>;
/// The modules that p11-kit is configured with, initialised.
using ConfiguredModules = Owned<CK_FUNCTION_LIST*, p11_kit_modules_finalize_and_release>;

}  // namespace pes::pkcs11
