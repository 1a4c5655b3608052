#pragma once

#include "adapter/postgresql/pool.hpp"
#include "adapter/postgresql/workplace.hpp"
#include "pes/port/store.hpp"

#include <memory>
#include <string>

namespace pes::postgresql {

/// Asks for the page, in its order; places and values are those of `store::conditions_of`.
std::string page_statement(const DossierQuery& query);

std::unique_ptr<port::Store> open_store(std::shared_ptr<Pool> pool,
                                        std::shared_ptr<Workplace> workplace);

}  // namespace pes::postgresql
