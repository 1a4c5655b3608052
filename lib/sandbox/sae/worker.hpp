#pragma once

#include "sandbox/layout.hpp"

#include <filesystem>
#include <string>

namespace pes::sandbox::sae {

/// Makes the AR of a transfer, or once it is there the reply. False when nothing was left
/// to do.
/// @param seda_schema XSD of SEDA 1.0; may be empty
bool advance(const Layout& layout, const std::string& key,
             const std::filesystem::path& seda_schema);

}  // namespace pes::sandbox::sae
