#pragma once

#include "ui/json.hpp"
#include "verified_file.hpp"

#include <vector>

namespace pes::cmd {

/// A log of SARIF 2.1.0 (OASIS): a result for each check that did not pass, at the place of its
/// signature.
ui::Json sarif_log(const std::vector<VerifiedFile>& files);

}  // namespace pes::cmd
