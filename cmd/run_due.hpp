#pragma once

#include "pes/due_queue.hpp"
#include "session.hpp"

#include <cstddef>
#include <string>

namespace pes::cmd {

struct DueOptions {
  flow::DueQueue::Until until = flow::DueQueue::Until::all_is_done;
  std::size_t jobs = 1;  // at a time
  std::string metrics;   // where figures go (metrics_outlet.hpp); empty: nowhere
};
/// Does all that is due in the home; the exit status. Told to stop by SIGTERM, it finishes the
/// exchanges that are under way.
int run_due(Session& session, const DueOptions& options);

}  // namespace pes::cmd
