#include "deposit/zip_file.hpp"

#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/libarchive.hpp"
#include "support/owned.hpp"
#include "support/text.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <new>
#include <set>

namespace pes::deposit {

namespace {

using ArchiveReader = Owned<struct archive, libarchive::read_free>;

constexpr std::size_t block = 65536;

/// Whether a name stays where it is unpacked. Windows' separator is one too: some software
/// writes it.
bool leads_outside(const std::string& name) {
  std::string unified = name;
  std::replace(unified.begin(), unified.end(), '\\', '/');
  const std::vector<std::string> parts = split(unified, '/');
  const bool has_drive = unified.size() > 1 && unified[1] == ':';
  return unified.starts_with('/') || has_drive ||
         std::find(parts.begin(), parts.end(), "..") != parts.end();
}

class ZipFile {
 public:
  ZipFile(const std::filesystem::path& path, const Limits& limits)
      : path_(path),
        limits_(limits),
        file_(open_for_reading(path)),
        reader_(libarchive::read_new()),
        buffer_(std::make_unique<std::array<char, block>>()) {
    if (reader_ == nullptr) throw std::bad_alloc();
    libarchive::read_support_format_zip(reader_.get());
    if (libarchive::read_open_fd(reader_.get(), file_.get(), block) != ARCHIVE_OK) damaged();
  }

  std::vector<Unpacked> unpack_into(const std::filesystem::path& folder) {
    std::vector<Unpacked> files;
    while (struct archive_entry* entry = next()) {
      const std::string name = name_of(entry);
      if (libarchive::entry_filetype(entry) == AE_IFDIR) continue;
      require_harmless(entry, name);
      if (files.size() == limits_.max_files) {
        throw Error(ErrorCode::input_too_large,
                    say("{1} holds more than {2} files",
                        {path_.native(), std::to_string(limits_.max_files)}),
                    tr("deposit it in several parts"));
      }
      files.push_back({name, folder / std::to_string(files.size() + 1)});
      unpack_one(name, files.back().path);
    }
    if (files.empty()) {
      throw Error(ErrorCode::input_empty, say("there is no file in {1}", {path_.native()}));
    }
    return files;
  }

 private:
  struct archive_entry* next() {
    struct archive_entry* entry = nullptr;
    const int result = libarchive::read_next_header(reader_.get(), &entry);
    if (result == ARCHIVE_EOF) return nullptr;
    // A name that the locale cannot write is no damage: it is asked for in UTF-8.
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) damaged();
    return entry;
  }

  std::string name_of(struct archive_entry* entry) const {
    const char* name = libarchive::entry_pathname_utf8(entry);
    if (name == nullptr) name = libarchive::entry_pathname(entry);
    if (name == nullptr || *name == '\0') {
      throw invalid(say("{1} holds a file without a name that can be read", {path_.native()}));
    }
    return name;
  }

  void require_harmless(struct archive_entry* entry, const std::string& name) {
    if (leads_outside(name)) {
      throw invalid(
          say("{1} holds the name {2}, which leads outside of it", {path_.native(), name}));
    }
    if (libarchive::entry_filetype(entry) != AE_IFREG) {
      throw invalid(say("{1}: {2} is no plain file", {path_.native(), name}));
    }
    if (libarchive::entry_is_encrypted(entry) != 0) {
      throw Error(ErrorCode::input_invalid, say("{1}: {2} is encrypted", {path_.native(), name}),
                  tr("deposit it without a password"));
    }
    if (!names_.insert(name).second) {
      throw invalid(say("{1} holds {2} twice", {path_.native(), name}));
    }
  }

  void unpack_one(const std::string& name, const std::filesystem::path& target) {
    constexpr int owner_only = 0600;
    FileDescriptor output(
        ::open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only));
    if (!output.is_open()) throw_io(tr("cannot write"), target, errno);
    std::uint64_t size = 0;
    while (true) {
      const la_ssize_t count =
          libarchive::read_data(reader_.get(), buffer_->data(), buffer_->size());
      if (count < 0) damaged(name);
      if (count == 0) break;
      // What is counted is what comes out, whatever the ZIP announces.
      size += static_cast<std::uint64_t>(count);
      total_ += static_cast<std::uint64_t>(count);
      if (size > limits_.max_file) too_large(name, limits_.max_file);
      if (total_ > limits_.max_total) too_large({}, limits_.max_total);
      write_all(output.get(), {buffer_->data(), static_cast<std::size_t>(count)}, target);
    }
    output.close(target);
  }

  static Error invalid(const std::string& message) {
    return {ErrorCode::input_invalid, message, tr("have this ZIP made again")};
  }

  [[noreturn]] void damaged(const std::string& name = {}) const {
    const char* const cause = libarchive::error_string(reader_.get());
    throw Error(ErrorCode::input_invalid,
                name.empty() ? say("{1} is no ZIP, or is damaged", {path_.native()})
                             : say("{1} is damaged: {2} cannot be read", {path_.native(), name}),
                tr("have this ZIP made again"), cause == nullptr ? "" : cause);
  }

  [[noreturn]] void too_large(const std::string& name, std::uint64_t limit) const {
    const std::string bytes = std::to_string(limit);
    throw Error(
        ErrorCode::input_too_large,
        name.empty()
            ? say("what {1} holds is larger than {2} bytes", {path_.native(), bytes})
            : say("{1}: {2} is larger than {3} bytes once unpacked", {path_.native(), name, bytes}),
        tr("deposit it in several parts"));
  }

  const std::filesystem::path& path_;
  const Limits& limits_;
  FileDescriptor file_;
  ArchiveReader reader_;
  std::unique_ptr<std::array<char, block>> buffer_;
  std::set<std::string> names_;
  std::uint64_t total_ = 0;
};

}  // namespace

std::vector<Unpacked> unpack(const std::filesystem::path& zip, const std::filesystem::path& folder,
                             const Limits& limits) {
  return ZipFile(zip, limits).unpack_into(folder);
}

}  // namespace pes::deposit
