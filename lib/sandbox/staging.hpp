#pragma once

#include "support/file.hpp"

#include <filesystem>
#include <string_view>

namespace pes::sandbox {

/// A folder being filled, of which nothing is visible before `publish`. Removed by its
/// destructor when it was not published; what a killed process leaves is removed later by
/// `sweep`.
class Staging {
 public:
  /// @param incoming existing folder, on the file system of the final place
  explicit Staging(const std::filesystem::path& incoming);
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  ~Staging();

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  /// Renames the folder into place, durably. False, and nothing is done, when the place is
  /// taken by a folder that holds something.
  [[nodiscard]] bool publish(const std::filesystem::path& place);

 private:
  std::filesystem::path path_;
};

/// A file of a folder being filled: on disk once `finish` returns, its name once the folder
/// is published.
class StagedFile {
 public:
  explicit StagedFile(std::filesystem::path path);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  void write(std::string_view bytes);
  void finish();

 private:
  std::filesystem::path path_;
  FileDescriptor file_;
};

/// Removes the leftovers in `incoming` that are more than a day old.
void sweep(const std::filesystem::path& incoming);

}  // namespace pes::sandbox
