#include "unit/deposit/zip_maker.hpp"

#include "support/owned.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

namespace pes::test {

void make_zip(const std::filesystem::path& file, const std::vector<ZipEntry>& entries,
              const std::string& password) {
  const Owned<struct archive, archive_write_free> writer(archive_write_new());
  archive_write_set_format_zip(writer.get());
  if (!password.empty()) {
    REQUIRE(archive_write_set_options(writer.get(), "zip:encryption=zipcrypt") == ARCHIVE_OK);
    archive_write_set_passphrase(writer.get(), password.c_str());
  }
  REQUIRE(archive_write_open_filename(writer.get(), file.c_str()) == ARCHIVE_OK);
  for (const ZipEntry& entry : entries) {
    const Owned<struct archive_entry, archive_entry_free> header(archive_entry_new());
    archive_entry_set_pathname(header.get(), entry.name.c_str());
    archive_entry_set_perm(header.get(), 0644);
    if (entry.is_link) {
      archive_entry_set_filetype(header.get(), AE_IFLNK);
      archive_entry_set_symlink(header.get(), entry.content.c_str());
    } else {
      archive_entry_set_filetype(header.get(), AE_IFREG);
      archive_entry_set_size(header.get(), static_cast<la_int64_t>(entry.content.size()));
    }
    REQUIRE(archive_write_header(writer.get(), header.get()) == ARCHIVE_OK);
    if (!entry.is_link) {
      archive_write_data(writer.get(), entry.content.data(), entry.content.size());
    }
  }
  REQUIRE(archive_write_close(writer.get()) == ARCHIVE_OK);
}

}  // namespace pes::test
