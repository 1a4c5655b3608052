#pragma once

#include "preflight/findings.hpp"
#include "preflight/values.hpp"

namespace pes::preflight {

/// A RefCompta: whether its Domaine is that of the PJ's type (pes §6).
void check_ref_compta(const Values& values, Findings& findings);
/// A PJ, at its end.
void check_pj(const Values& values, Findings& findings);

}  // namespace pes::preflight
