#pragma once

#include "preflight/findings.hpp"
#include "preflight/values.hpp"

namespace pes::preflight {

/// The version numbers that Hélios wants (pes §4), at the end of each header.
void check_envelope_version(const Values& values, Findings& findings);
void check_domain_version(const Values& values, Findings& findings);
void check_pj_version(const Values& values, Findings& findings);

}  // namespace pes::preflight
