#pragma once

#include "helios/reading.hpp"

#include <vector>

namespace pes::xades {

/// True when the header of that domain has InfoDematerialisee 1; a missing element counts as 0
/// (signature §1).
bool is_dematerialised(const helios::Reading& reading, Domain domain);

/// The values of InfoDematerialisee of that domain that are not 1.
std::vector<helios::DematValue> other_demat_values(const helios::Reading& reading, Domain domain);

/// Its header, as people know it: "EnTeteDepense".
const char* header_name(Domain domain);

}  // namespace pes::xades
