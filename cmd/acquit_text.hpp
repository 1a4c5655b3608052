#pragma once

#include "pes/pes_acquit.hpp"
#include "ui/json.hpp"
#include "ui/table.hpp"

#include <string>
#include <vector>

namespace pes::cmd {

/// « Rapport acquittement »: a row for each bordereau, market or PJ, or one for each of its errors
/// and those of its pieces and lines (workflow §2.4), with what their codes mean.
ui::Table acquit_table(const PesAcquit& acquit);

/// « the flow is refused in part »
std::string outcome_text(const PesAcquit& acquit);

/// What there is to do about an acquit that is not an acceptance; empty for one that is.
std::string outcome_advice(const PesAcquit& acquit);

ui::Json acquit_json(const PesAcquit& acquit);

/// Bordereaux of a flow, by what names them.
ui::Json bordereaux_json(const std::vector<Bordereau>& bordereaux);

}  // namespace pes::cmd
