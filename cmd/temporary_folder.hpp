#pragma once

#include <filesystem>

namespace pes::cmd {

/// A folder of our own for what is being made; it goes with this object, and all in it.
class TemporaryFolder {
 public:
  /// Throws io_failed.
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace pes::cmd
