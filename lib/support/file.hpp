#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace pes {

/// A file descriptor, closed by its destructor. `close` reports what a
/// destructor cannot.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int descriptor) : descriptor_(descriptor) {}
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor();

  [[nodiscard]] int get() const noexcept { return descriptor_; }
  [[nodiscard]] bool is_open() const noexcept { return descriptor_ >= 0; }
  /// Throws io_failed, naming `path`, when the kernel reports a late write error.
  void close(const std::filesystem::path& path);

 private:
  int descriptor_ = -1;
};

/// Opens an existing file for reading; file_unknown when there is none, io_failed otherwise.
FileDescriptor open_for_reading(const std::filesystem::path& path);

/// The whole of a file of at most `limit` bytes; input_too_large beyond.
std::string read_file(const std::filesystem::path& path, std::size_t limit);

/// Writes every byte or throws io_failed naming `path`.
void write_all(int descriptor, std::string_view bytes, const std::filesystem::path& path);

/// Makes a directory entry durable (leveldb and SQLite do the same after rename).
void sync_directory(const std::filesystem::path& directory);

/// Makes a folder that only its owner can enter, durable on return; false when there is
/// one already.
bool make_directory(const std::filesystem::path& path);

/// The same with those above it that are missing.
void make_directories(const std::filesystem::path& path);

/// What root makes would be of no use to whom the folder belongs to: it becomes theirs.
void give_to_owner_of(const std::filesystem::path& folder, const FileDescriptor& made) noexcept;

/// Replaces `path` atomically and durably: a temporary file in the same directory,
/// write, fsync, rename, fsync of the directory. On failure the temporary is removed
/// and the old content stays.
void replace_file(const std::filesystem::path& path, std::string_view bytes);

/// A file being written beside its final place: nothing is visible under `path`
/// before `commit`, and the temporary disappears when it is not reached.
class PendingFile {
 public:
  /// @param path where the file will stand; its directory must exist
  explicit PendingFile(std::filesystem::path path);
  PendingFile(PendingFile&&) noexcept = default;
  PendingFile& operator=(PendingFile&&) = delete;
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;
  ~PendingFile();

  [[nodiscard]] int descriptor() const noexcept { return file_.get(); }
  [[nodiscard]] const std::filesystem::path& temporary() const noexcept { return temporary_; }
  void write(std::string_view bytes);
  /// Takes back all that was written.
  void clear();
  /// fsync, close, rename, fsync of the directory.
  void commit();
  /// The same under another path of the directory, for a name that the content gives.
  void commit_as(const std::filesystem::path& path);

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  FileDescriptor file_;
  std::uint64_t written_ = 0;
};

/// io_failed with the system's own words for `errno`, and a hint for a full or
/// read-only file system.
[[noreturn]] void throw_io(std::string_view what, const std::filesystem::path& path, int error);

}  // namespace pes
