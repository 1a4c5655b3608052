#pragma once

#include <filesystem>
#include <memory>
#include <utility>

namespace pes {

/// A file that can be read as long as the object, or a copy of the object, lives: it may be there
/// for the reading alone.
class ReadableFile {
 public:
  ReadableFile() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): any file is one.
  ReadableFile(std::filesystem::path path, std::shared_ptr<const void> keeper = nullptr)
      : path_(std::move(path)), keeper_(std::move(keeper)) {}

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
  std::shared_ptr<const void> keeper_;  // its end removes the file
};

}  // namespace pes
