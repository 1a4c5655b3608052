#pragma once

#include "pes/dossier.hpp"
#include "record/source.hpp"

#include <string>
#include <string_view>

namespace pes::record {

/// The document of pes-state(5): indented, keys in a fixed order, ended by a line feed.
std::string write_dossier(const Dossier& dossier);
Dossier read_dossier(std::string_view text, const Source& source);

}  // namespace pes::record
