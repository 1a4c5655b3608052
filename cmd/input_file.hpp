#pragma once

#include "pes/named_file.hpp"

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

  /// Where its bytes are, and what the person calls it.
  [[nodiscard]] const NamedFile& file() const noexcept { return file_; }
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return file_.path; }
  /// What it is to be called where it is kept.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  void keep(int stream);

  NamedFile file_;
  std::string name_;
  bool temporary_ = false;
};

}  // namespace pes::cmd
