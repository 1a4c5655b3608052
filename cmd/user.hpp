#pragma once

#include "environment.hpp"
#include "pes/settings.hpp"
#include "pes/user.hpp"

namespace pes::cmd {

/// Who acts: of the configuration, or else the login name. Throws config_invalid for the
/// identifier that is kept for the automaton.
User acting_user(const Settings& settings, const Environment& environment);

}  // namespace pes::cmd
