#pragma once

#include "helios/reading.hpp"

#include <cstdint>
#include <filesystem>

namespace pes::xades {

// One pass must digest before it knows what is signed, and how. These say what it most
// probably will be, from a glance at the file; `missing_digests` says whether they were right.

/// Of a file to verify, from its last bytes: a signature of the whole stands there, with its
/// algorithm.
helios::DigestPlan forecast_verification(const std::filesystem::path& file);

/// Of a file to sign, from its first bytes: the first Bordereau has an Id, or has none.
helios::DigestPlan forecast_signing(const std::filesystem::path& file);

/// Offset of the last end tag of a file, which is that of its root unless a comment follows; 0
/// when there is none near the end.
std::uint64_t last_end_tag(const std::filesystem::path& file);

}  // namespace pes::xades
