#pragma once

#include "pes/verification.hpp"
#include "ui/json.hpp"

namespace pes::cmd {

/// The keys of `pes.verify/1` that tell of one file.
ui::Json report_json(const VerifyReport& report);

/// Who signed; null when it cannot be told.
ui::Json certificate_json(const Certificate& certificate);

}  // namespace pes::cmd
