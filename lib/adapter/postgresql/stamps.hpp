#pragma once

#include "adapter/postgresql/pool.hpp"
#include "pes/port/stamps.hpp"

#include <memory>

namespace pes::postgresql {

std::unique_ptr<port::Stamps> open_stamps(std::shared_ptr<Pool> pool);

}  // namespace pes::postgresql
