#pragma once

#include "pes/report.hpp"

#include <string>

namespace pes::report {

/// Counts what the acquit of a dossier refuses, and why.
/// @param acquit its bytes, as they came
/// @param bordereaux how many the flow holds
void add_refusals(Refusals& refusals, const Dossier& dossier, const std::string& acquit,
                  std::uint64_t bordereaux);

}  // namespace pes::report
