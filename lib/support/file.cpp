#include "support/file.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <tuple>
#include <utility>

namespace pes {

namespace {

constexpr std::uint64_t write_back_step = 8U << 20U;

}  // namespace

void throw_io(std::string_view what, const std::filesystem::path& path, int error) {
  std::string hint;
  if (error == ENOSPC || error == EDQUOT) {
    hint = tr("free some space, then run the command again");
  } else if (error == EROFS || error == EACCES || error == EPERM) {
    hint = tr("check the rights on this path and that its file system is not read-only");
  }
  throw Error(ErrorCode::io_failed,
              say("{1} {2}: {3}", {what, path.native(), std::generic_category().message(error)}),
              hint);
}

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileDescriptor::~FileDescriptor() {
  if (is_open()) ::close(descriptor_);
}

void FileDescriptor::close(const std::filesystem::path& path) {
  if (!is_open()) return;
  if (::close(std::exchange(descriptor_, -1)) != 0) throw_io(tr("cannot write"), path, errno);
}

FileDescriptor open_for_reading(const std::filesystem::path& path) {
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) {
    if (errno == ENOENT || errno == ENOTDIR) {
      throw Error(ErrorCode::file_unknown, say("there is no file {1}", {path.native()}));
    }
    throw_io(tr("cannot read"), path, errno);
  }
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) throw_io(tr("cannot read"), path, errno);
  if (S_ISDIR(facts.st_mode)) throw_io(tr("cannot read"), path, EISDIR);
  return file;
}

std::string read_file(const std::filesystem::path& path, std::size_t limit) {
  const FileDescriptor file = open_for_reading(path);
  std::string content;
  std::array<char, 16384> buffer{};  // most files read whole are smaller
  while (true) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_io(tr("cannot read"), path, errno);
    if (count == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(count));
    if (content.size() > limit) {
      throw Error(ErrorCode::input_too_large,
                  say("{1} is larger than {2} bytes", {path.native(), std::to_string(limit)}));
    }
  }
}

void write_all(int descriptor, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_io(tr("cannot write"), path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void sync_directory(const std::filesystem::path& directory) {
  const std::filesystem::path& name = directory.empty() ? std::filesystem::path(".") : directory;
  const FileDescriptor handle(::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle.is_open() || ::fsync(handle.get()) != 0) throw_io(tr("cannot write"), name, errno);
}

bool make_directory(const std::filesystem::path& path) {
  constexpr mode_t owner_only = 0700;
  const bool made = ::mkdir(path.c_str(), owner_only) == 0;
  if (!made && errno != EEXIST) throw_io(tr("cannot make the folder"), path, errno);
  // One that was there may be gone by now: whoever goes on with it finds out.
  std::error_code unreachable;
  const auto status = std::filesystem::status(path, unreachable);
  if (std::filesystem::exists(status) && !std::filesystem::is_directory(status)) {
    throw_io(tr("cannot make the folder"), path, ENOTDIR);
  }
  // Also when it was there: whoever made it may have been killed before this.
  sync_directory(path.parent_path());
  return made;
}

void make_directories(const std::filesystem::path& path) {
  std::error_code unreachable;
  if (path.empty() || std::filesystem::is_directory(path, unreachable)) return;
  make_directories(path.parent_path());
  make_directory(path);
}

void give_to_owner_of(const std::filesystem::path& folder, const FileDescriptor& made) noexcept {
  struct stat facts {};
  if (::geteuid() != 0 || ::stat(folder.c_str(), &facts) != 0) return;
  std::ignore = ::fchown(made.get(), facts.st_uid, facts.st_gid);
}

void replace_file(const std::filesystem::path& path, std::string_view bytes) {
  PendingFile file(path);
  file.write(bytes);
  file.commit();
}

PendingFile::PendingFile(std::filesystem::path path) : path_(std::move(path)) {
  std::string pattern =
      (path_.parent_path() / ("." + path_.filename().native())).native() + ".XXXXXX";
  file_ = FileDescriptor(::mkostemp(pattern.data(), O_CLOEXEC));
  if (!file_.is_open()) throw_io(tr("cannot write"), path_, errno);
  temporary_ = pattern;
}

PendingFile::~PendingFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void PendingFile::write(std::string_view bytes) {
  write_all(file_.get(), bytes, path_);
  const std::uint64_t before = written_;
  written_ += bytes.size();
  // The disk begins with what is there, so that fsync waits for less. Whether it does is of no
  // consequence.
  if (written_ / write_back_step != before / write_back_step) {
    ::sync_file_range(file_.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
  }
}

void PendingFile::clear() {
  if (::ftruncate(file_.get(), 0) != 0 || ::lseek(file_.get(), 0, SEEK_SET) != 0) {
    throw_io(tr("cannot write"), path_, errno);
  }
  written_ = 0;
}

void PendingFile::commit() { commit_as(path_); }

void PendingFile::commit_as(const std::filesystem::path& path) {
  if (::fsync(file_.get()) != 0) throw_io(tr("cannot write"), path, errno);
  file_.close(path);
  if (::rename(temporary_.c_str(), path.c_str()) != 0) throw_io(tr("cannot write"), path, errno);
  temporary_.clear();
  sync_directory(path.parent_path());
}

}  // namespace pes
