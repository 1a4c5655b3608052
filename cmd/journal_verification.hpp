#pragma once

#include "session.hpp"

#include <string>

namespace pes::cmd {

/// Whether the journal is whole, and what its time stamps prove. The exit status.
int verify_journal(Session& session);

/// The same of a bundle of proofs, by itself.
/// @param file a path, or `-`
int verify_proof_bundle(Session& session, const std::string& file);

}  // namespace pes::cmd
