#pragma once

#include "pes/adapters.hpp"

namespace pes::tdt {

/// The access with login and password in the bytes that the platform compares (tdt §2.2). Throws
/// config_invalid for a login that the encoding cannot hold; the password, when it is asked for.
S2lowAccess encoded(S2lowAccess access);

}  // namespace pes::tdt
