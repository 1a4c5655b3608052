#pragma once

#include "ui/dates.hpp"

#include <string>

namespace pes::cmd {

/// A day or an instant given on the command line. Throws usage.
/// @param edge which end of it a day stands for
Instant moment_of(const char* option, const std::string& text, ui::DayEdge edge);

}  // namespace pes::cmd
