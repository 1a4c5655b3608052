#pragma once

#include "preflight/findings.hpp"
#include "preflight/values.hpp"

namespace pes::preflight {

/// What a pièce refers to, by its type (pes §12): at the end of a line, of a BlocPiece of recette.
void check_origin_depense(const Values& values, Findings& findings);
void check_origin_recette(const Values& values, Findings& findings);
void check_role(const Values& values, Findings& findings);

}  // namespace pes::preflight
