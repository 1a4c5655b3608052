#pragma once

#include "preflight/findings.hpp"
#include "preflight/values.hpp"

namespace pes::preflight {

/// A BlocBordereau: types that an ordonnateur does not send, the yearly total (pes §12).
void check_bloc_depense(const Values& values, Findings& findings);
void check_bloc_recette(const Values& values, Findings& findings);

}  // namespace pes::preflight
