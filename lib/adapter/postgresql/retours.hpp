#pragma once

#include "adapter/postgresql/pool.hpp"
#include "adapter/postgresql/workplace.hpp"
#include "pes/port/retours.hpp"

#include <memory>

namespace pes::postgresql {

std::unique_ptr<port::Retours> open_retours(std::shared_ptr<Pool> pool,
                                            std::shared_ptr<Workplace> workplace);

}  // namespace pes::postgresql
