#pragma once

#include "report/content.hpp"
#include "ui/json.hpp"

namespace pes::cmd {

/// `pes.report/1`: the figures of the page.
ui::Json figures_json(const ReportContent& content);

}  // namespace pes::cmd
