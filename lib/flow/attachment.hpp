#pragma once

#include "pes/dossier.hpp"
#include "pes/named_file.hpp"
#include "pes/settings.hpp"

#include <filesystem>
#include <string>

namespace pes::flow {

/// Throws what says that the file cannot be the flow of a dossier: larger than the TdT
/// takes (workflow §4.4, in Pastell's words), or no PES Aller at all.
void require_attachable(const Settings& settings, const std::string& id_e, const NamedFile& file);

bool has_content(const StoredFile& stored, const std::filesystem::path& file);

/// The name a person gave, or the file's own.
std::string shown_name(const std::filesystem::path& file, const std::string& given);

}  // namespace pes::flow
