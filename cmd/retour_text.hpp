#pragma once

#include "pes/pes_retour.hpp"
#include "pes/port/retours.hpp"
#include "ui/json.hpp"
#include "ui/table.hpp"

namespace pes::cmd {

/// What the accountant says: a row for each bordereau without pieces, each piece, and each of its
/// lines, with states and reasons in words (pes §10).
ui::Table retour_table(const PesRetour& retour);
/// What third parties still owe.
ui::Table restes_table(const PesRetour& retour);

/// Of what is kept.
ui::Json retour_json(const port::Retour& retour);
/// Of what it holds: codes as they stand, each with its words.
ui::Json content_json(const PesRetour& retour);

}  // namespace pes::cmd
