#pragma once

#include "pkcs11/p11_kit.hpp"
#include "support/owned.hpp"

#include <cstdlib>

namespace pes::pkcs11 {

inline void free_text(char* text) noexcept { std::free(text); }  // NOLINT: p11-kit's own rule

using Uri = Owned<P11KitUri, p11::uri_free>;
using Text = Owned<char, free_text>;
/// The modules that p11-kit is configured with, initialised.
using ConfiguredModules = Owned<CK_FUNCTION_LIST*, p11::modules_finalize_and_release>;

}  // namespace pes::pkcs11
