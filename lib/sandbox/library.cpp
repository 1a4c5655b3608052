#include "pes/sandbox.hpp"

const pes::sandbox::Library pes_sandbox_library{.all_scenarios = pes::sandbox::all_scenarios,
                                                .id = pes::sandbox::id,
                                                .prepare = pes::sandbox::prepare,
                                                .start = pes::sandbox::start,
                                                .tick = pes::sandbox::tick,
                                                .transactions = pes::sandbox::transactions,
                                                .count = pes::sandbox::count};
