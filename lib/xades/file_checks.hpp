#pragma once

#include "helios/reading.hpp"
#include "xades/check_row.hpp"

#include <vector>

namespace pes::xades {

// Checks 1 to 4, 24 and 25 of signature §8: the file as a whole. That it is well-formed, free of
// DOCTYPE and a PES Aller is a condition to have read it.
CheckRow check_format(const helios::Reading& reading);
CheckRow check_ids(const helios::Reading& reading);
CheckRow check_places(const helios::Reading& reading);

/// Check 2, as far as it is not such a condition.
/// @param schema_faults empty as well when it was not validated
CheckRow check_root(const helios::Reading& reading, const std::vector<Finding>& schema_faults);

/// Whether a signature covers what is around it.
/// @param covered as below
bool is_covered(const helios::StrayBordereau& stray, const std::vector<bool>& covered);

/// @param covered for each signable element of the reading, whether a valid signature covers it
CheckRow check_coverage(const helios::Reading& reading, const std::vector<bool>& covered);
CheckRow check_dematerialisation(const helios::Reading& reading);

}  // namespace pes::xades
