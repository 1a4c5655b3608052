#pragma once

#include "pes/dossier.hpp"
#include "support/file.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace pes::store {

/// What names a stored file after its content.
struct Content {
  std::uint64_t size = 0;
  std::string sha256;  // lower-case hex
};

/// Copies the whole of a file and computes its digest on the way: what is counted is what
/// was written, even when the source changes meanwhile.
Content copy_into(PendingFile& target, const std::filesystem::path& source);

/// `fichier_pes-3f2a…9c.xml`: the field, sixteen digits of the SHA-256 and the extension of
/// the shown name.
StoredFile stored_file(std::string_view field, std::string_view name, const Content& content);

}  // namespace pes::store
