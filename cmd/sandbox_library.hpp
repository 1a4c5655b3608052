#pragma once

#include "pes/sandbox.hpp"

namespace pes::cmd {

/// The local partners, loaded when they are first wanted: most commands never do.
/// Throws internal when their library is not where the tool was installed.
const sandbox::Library& sandbox_library();

}  // namespace pes::cmd
