#pragma once

#include "pes/preflight.hpp"

#include <vector>

namespace pes::preflight {

/// The signatures that the TdT would refuse (tdt §7.2), but for who issued their certificates.
std::vector<Finding> signature_faults(const NamedFile& file, const PreflightRules& rules);

}  // namespace pes::preflight
