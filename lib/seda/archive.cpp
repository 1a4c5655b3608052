#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "pes/seda.hpp"
#include "support/file.hpp"
#include "support/libarchive.hpp"
#include "support/owned.hpp"
#include "support/text.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace pes {

namespace {

using ArchiveWriter = Owned<struct archive, libarchive::write_free>;
using EntryHeader = Owned<struct archive_entry, libarchive::entry_free>;

[[noreturn]] void throw_damaged(const ArchiveEntry& entry, const std::string& what) {
  throw Error(ErrorCode::state_damaged, say("{1}: {2}", {entry.path.native(), what}),
              tr("restore the file from a backup; it was changed outside of pes"));
}

FileDescriptor open_recorded(const ArchiveEntry& entry) {
  try {
    return open_for_reading(entry.path);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::file_unknown) throw_damaged(entry, tr("the file is gone"));
    throw;
  }
}

/// A gzipped tar whose bytes depend on nothing but the names and contents of its files.
class TarGz {
 public:
  explicit TarGz(const std::filesystem::path& output)
      : output_(output), file_(output), writer_(libarchive::write_new()) {
    if (writer_ == nullptr) throw std::bad_alloc();
    // Plain ustar, with an extension only for what ustar cannot say.
    check(libarchive::write_set_format_pax_restricted(writer_.get()));
    check(libarchive::write_add_filter_gzip(writer_.get()));
    check(libarchive::write_set_filter_option(writer_.get(), "gzip", "timestamp", nullptr));
    check(libarchive::write_open_fd(writer_.get(), file_.descriptor()));
  }

  void add(const ArchiveEntry& entry) {
    const FileDescriptor source = open_recorded(entry);
    write_header(entry);
    crypto::Digester digester(port::DigestAlgorithm::sha256);
    std::uint64_t size = 0;
    std::array<char, 65536> buffer{};
    while (const std::size_t count = read_some(source, buffer, entry.path)) {
      size += count;
      if (size > entry.size) break;
      digester.update({buffer.data(), count});
      write_data({buffer.data(), count});
    }
    if (size != entry.size) throw_damaged(entry, tr("the size is not the recorded one"));
    if (hex(digester.finish()) != entry.sha256) {
      throw_damaged(entry, tr("the content is not the recorded one"));
    }
  }

  void commit() {
    check(libarchive::write_close(writer_.get()));
    file_.commit();
  }

 private:
  void write_header(const ArchiveEntry& entry) {
    const EntryHeader header(libarchive::entry_new());
    if (header == nullptr) throw std::bad_alloc();
    libarchive::entry_set_pathname(header.get(), entry.name.c_str());
    libarchive::entry_set_size(header.get(), static_cast<la_int64_t>(entry.size));
    libarchive::entry_set_filetype(header.get(), AE_IFREG);
    libarchive::entry_set_perm(header.get(), 0644);
    libarchive::entry_set_mtime(header.get(), 0, 0);
    check(libarchive::write_header(writer_.get(), header.get()));
  }

  void write_data(std::string_view bytes) {
    const la_ssize_t written = libarchive::write_data(writer_.get(), bytes.data(), bytes.size());
    if (written < 0) fail();
  }

  static std::size_t read_some(const FileDescriptor& source, std::span<char> buffer,
                               const std::filesystem::path& path) {
    while (true) {
      const ssize_t count = ::read(source.get(), buffer.data(), buffer.size());
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) throw_io(tr("cannot read"), path, errno);
    }
  }

  void check(int status) const {
    if (status != ARCHIVE_OK) fail();
  }

  [[noreturn]] void fail() const {
    throw_io(tr("cannot write"), output_, libarchive::error_number(writer_.get()));
  }

  const std::filesystem::path& output_;
  PendingFile file_;
  ArchiveWriter writer_;
};

}  // namespace

void write_archive(const std::filesystem::path& output, const std::vector<ArchiveEntry>& entries) {
  TarGz archive(output);
  for (const ArchiveEntry& entry : entries) archive.add(entry);
  archive.commit();
}

}  // namespace pes
