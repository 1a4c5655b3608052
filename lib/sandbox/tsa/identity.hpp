#pragma once

#include "sandbox/layout.hpp"

namespace pes::sandbox::tsa {

/// Makes `tsa.pem` and `tsa.key` under the sandbox's authority when they are not there: a folder
/// that was made before there was a TSA keeps its other identities.
void make_missing_identity(const Layout& layout);

}  // namespace pes::sandbox::tsa
