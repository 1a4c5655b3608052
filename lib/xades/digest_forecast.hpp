#pragma once

#include "helios/reading.hpp"

#include <filesystem>

namespace pes::xades {

// One pass must digest before it knows what is signed, and how. These say what it most
// probably will be, from a glance at the file; `missing_digests` says whether they were right.

/// Of a file to verify, from its last bytes: a signature of the whole stands there, with its
/// algorithm.
helios::DigestPlan forecast_verification(const std::filesystem::path& file);

/// Of a file to sign, from its first bytes: the first Bordereau has an Id, or has none.
helios::DigestPlan forecast_signing(const std::filesystem::path& file);

}  // namespace pes::xades
