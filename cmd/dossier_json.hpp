#pragma once

#include "pes/dossier.hpp"
#include "pes/pes_aller.hpp"
#include "pes/settings.hpp"
#include "ui/json.hpp"

#include <vector>

namespace pes::cmd {

/// A row of a list: the names of Pastell's API (workflow §6.2), times in UTC.
ui::Json dossier_row(const Dossier& dossier, const EntityTree& entities);

/// All that is known of a dossier: the row, its fields and files, what is possible, its
/// states, its job (workflow §6.4).
ui::Json dossier_detail(const Dossier& dossier, const EntityTree& entities);

/// The automatic action that waits, or null.
ui::Json job_json(const Dossier& dossier);

ui::Json findings_json(const std::vector<Finding>& findings);

}  // namespace pes::cmd
