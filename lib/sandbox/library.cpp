#include "pes/sandbox.hpp"

namespace {

std::unique_ptr<pes::sandbox::Server> start(pes::sandbox::Options options) {
  return std::make_unique<pes::sandbox::Server>(std::move(options));
}

}  // namespace

const pes::sandbox::Library pes_sandbox_library{.all_scenarios = pes::sandbox::all_scenarios,
                                                .id = pes::sandbox::id,
                                                .prepare = pes::sandbox::prepare,
                                                .start = start,
                                                .tick = pes::sandbox::tick,
                                                .transactions = pes::sandbox::transactions};
