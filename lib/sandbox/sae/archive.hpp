#pragma once

#include "pes/port/signer.hpp"
#include "support/encoding.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes::sandbox::sae {

/// A file found in the archive that was deposited.
struct ArchivedFile {
  std::string name;
  std::uint64_t size = 0;
  Bytes digest;      // by the algorithm asked for
  std::string head;  // first bytes, to recognise the format
};

/// Reads a tar, gzipped or not, or a ZIP, without writing anything. None when libarchive
/// cannot make anything of it, or not to its end.
/// @param algorithm_for the digest that the bordereau gives for a name
std::optional<std::vector<ArchivedFile>> read_archive(
    const std::filesystem::path& file,
    const std::function<port::DigestAlgorithm(std::string_view)>& algorithm_for);

}  // namespace pes::sandbox::sae
