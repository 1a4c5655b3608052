#pragma once

#include "pes/report.hpp"

namespace pes::report {

/// Counts the dossier among those that a person must look at, if it is one, and keeps it when it
/// is among the oldest.
void add_attention(Figures& figures, const Dossier& dossier, Instant now);

}  // namespace pes::report
