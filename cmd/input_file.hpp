#pragma once

#include <filesystem>
#include <string>

namespace pes::cmd {

/// A file that the person gives: one of theirs, or a stream, which can be read once only,
/// kept in a temporary file that goes with this object.
class InputFile {
 public:
  /// @param word a path, or `-`
  /// @param name to be shown instead of the file's own; needed with `-`
  /// Throws usage, io_failed.
  InputFile(const std::string& word, std::string name);
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile();

  /// Standard input, a pipe or another thing without an end of its own.
  static bool is_stream(const std::string& word);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  void keep(int stream);

  std::filesystem::path path_;
  std::string name_;
  bool temporary_ = false;
};

}  // namespace pes::cmd
