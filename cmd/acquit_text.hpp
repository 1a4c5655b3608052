#pragma once

#include "pes/pes_acquit.hpp"
#include "ui/json.hpp"
#include "ui/table.hpp"

namespace pes::cmd {

/// « Rapport acquittement »: a row for each bordereau, and below it one for each error of
/// its pieces and lines (workflow §2.4).
ui::Table acquit_table(const PesAcquit& acquit);

ui::Json acquit_json(const PesAcquit& acquit);

}  // namespace pes::cmd
