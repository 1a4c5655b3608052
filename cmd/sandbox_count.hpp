#pragma once

#include "pes/sandbox.hpp"
#include "ui/console.hpp"

namespace pes::cmd {

/// As a table, or as the document pes.sandbox-count/1.
void show_sandbox_count(ui::Console& console, const sandbox::Count& count);

}  // namespace pes::cmd
