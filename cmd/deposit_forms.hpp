#pragma once

#include "deposit_report.hpp"

#include <string>
#include <vector>

namespace pes::cmd {

/// The report of a deposit as a table, its header first.
std::string deposit_csv(const std::vector<DepositedFlow>& flows);

/// The same in JUnit's XML: a case for each flow, failed when it is refused, in error when
/// something else failed, skipped when it is still being written.
std::string deposit_junit(const std::vector<DepositedFlow>& flows);

}  // namespace pes::cmd
