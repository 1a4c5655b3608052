#pragma once

#include "pes/pes_acquit.hpp"

namespace pes::helios {

/// Domains whose refusal is that of the whole flow: technical, signatures of the three kinds,
/// settings (pes §9).
bool concerns_whole_flow(const AcquitElement& element);

}  // namespace pes::helios
