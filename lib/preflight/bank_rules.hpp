#pragma once

#include "preflight/findings.hpp"
#include "preflight/values.hpp"

namespace pes::preflight {

/// A CpteBancaire: its keys, and what goes with what (pes §12).
void check_account(const Values& values, Findings& findings);
/// A LigneDePiece of dépense: whether its way of paying wants an account (pes §12).
void check_payment(const Values& values, Findings& findings);
/// An InfoPrelevementSEPA.
void check_direct_debit(const Values& values, Findings& findings);

}  // namespace pes::preflight
