#pragma once

#include "preflight/findings.hpp"
#include "preflight/values.hpp"

namespace pes::preflight {

/// A Tiers of dépense or of recette, whose rules about persons differ (pes §12).
void check_tiers_depense(const Values& values, Findings& findings);
void check_tiers_recette(const Values& values, Findings& findings);

}  // namespace pes::preflight
