#pragma once

#include "pes/verification.hpp"
#include "ui/console.hpp"

#include <string>
#include <string_view>

namespace pes::cmd {

/// One word of `--json`: `not-run`.
std::string_view word(Check::Result result);
/// The same word, for a person.
std::string_view label(Check::Result result);

/// `TOTAL-FAILED, HASH_FAILURE`
std::string verdict_text(const Verdict& verdict);

/// A table of the signatures, then what failed or deserves a look; with --verbose every check.
void show_text(ui::Console& console, const std::string& file, const VerifyReport& report);

}  // namespace pes::cmd
