#pragma once

#include "pes/pes_aller.hpp"

#include <cstdint>
#include <vector>

namespace pes::helios {

/// What S²LOW looks at on arrival, in its order (tdt §7, controls 1 to 13).
void check_arrival(const PesAller& flow, std::uint64_t max_bytes, std::vector<Finding>& findings);
/// What S²LOW looks at when it sends (tdt §7, controls 17 to 19). A CodCol that is too long does
/// not get so far.
void check_routing(const PesAller& flow, std::vector<Finding>& findings);

/// InfoDematerialisee is 1 when and only when a domain is signed (pes §7); a missing element
/// counts as 0 (signature §1).
void check_dematerialisation(const PesAller& flow, std::vector<Finding>& findings);
/// All bordereaux are signed or none, unless the root is (signature §8, row 24).
void check_coverage(const PesAller& flow, std::vector<Finding>& findings);
/// How a flow is chosen to be signed: by its bordereaux when all have an Id, else whole when its
/// root has one (signature §1).
void check_ids(const PesAller& flow, std::vector<Finding>& findings);

}  // namespace pes::helios
