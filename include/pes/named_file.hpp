#pragma once

#include <concepts>
#include <filesystem>
#include <string>
#include <utility>

namespace pes {

/// A file, and what its user calls it, which is what messages say of it: « standard input », or the
/// name of a dossier's flow, wherever its bytes are.
struct NamedFile {
  std::filesystem::path path;
  std::string name;

  NamedFile() = default;
  NamedFile(std::filesystem::path file, std::string shown)
      : path(std::move(file)), name(std::move(shown)) {}
  /// A file that its user knows by its path.
  template <std::convertible_to<std::filesystem::path> Path>
  NamedFile(const Path& file) : path(file), name(path.native()) {}
};

}  // namespace pes
