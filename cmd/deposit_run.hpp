#pragma once

#include "deposit_finder.hpp"
#include "deposit_flow.hpp"
#include "deposit_report.hpp"
#include "session.hpp"

#include <cstddef>
#include <filesystem>

namespace pes::cmd {

struct DepositOrder {
  DepositRules rules;
  DepositFormat format = DepositFormat::text;
  std::filesystem::path done, error;  // where sources are filed; empty: they stay where they are
  std::size_t most = 0;               // sources of one run
  std::size_t jobs = 1;               // of them at a time
};
/// Deposits what was found, files it, and reports. The exit status. Told to stop, it finishes the
/// flows that are begun.
int deposit_found(Session& session, const DepositOrder& order, const Found& found);

}  // namespace pes::cmd
