#pragma once

#include "batch.hpp"
#include "sign_files.hpp"
#include "signing_method.hpp"

namespace pes::cmd {

/// Refuses a call of `pes sign` that cannot be meant, or of which a part would be ignored. Throws
/// usage.
void require_sense(const BatchOptions& dossiers, const SignFilesOptions& files,
                   const SigningMethodOptions& method, const Session& session);

}  // namespace pes::cmd
