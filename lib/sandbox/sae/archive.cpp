#include "sandbox/sae/archive.hpp"

#include "crypto/digest.hpp"
#include "support/owned.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <memory>

namespace pes::sandbox::sae {
namespace {

using ArchiveReader = Owned<::archive, archive_read_free>;

constexpr std::size_t block = 65536;
constexpr std::size_t head_size = 16;

/// False when the entry cannot be read to its end.
bool read_content(::archive& reader, port::DigestAlgorithm algorithm, ArchivedFile& file) {
  crypto::Digester digester(algorithm);
  const auto buffer = std::make_unique<std::array<char, block>>();
  while (true) {
    const la_ssize_t count = archive_read_data(&reader, buffer->data(), buffer->size());
    if (count < 0) return false;
    if (count == 0) break;
    const std::string_view bytes(buffer->data(), static_cast<std::size_t>(count));
    file.head += bytes.substr(0, head_size - std::min(head_size, file.head.size()));
    file.size += bytes.size();
    digester.update(bytes);
  }
  file.digest = digester.finish();
  return true;
}

}  // namespace

std::optional<std::vector<ArchivedFile>> read_archive(
    const std::filesystem::path& file,
    const std::function<port::DigestAlgorithm(std::string_view)>& algorithm_for) {
  const ArchiveReader reader(archive_read_new());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_zip(reader.get());
  archive_read_support_filter_gzip(reader.get());
  if (archive_read_open_filename(reader.get(), file.c_str(), block) != ARCHIVE_OK) {
    return std::nullopt;
  }
  std::vector<ArchivedFile> files;
  while (true) {
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(reader.get(), &entry);
    if (result == ARCHIVE_EOF) return files;
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) return std::nullopt;
    if (archive_entry_filetype(entry) != AE_IFREG) continue;
    const char* name = archive_entry_pathname(entry);
    ArchivedFile found{.name = name == nullptr ? "" : name, .size = 0, .digest = {}, .head = {}};
    if (!read_content(*reader, algorithm_for(found.name), found)) return std::nullopt;
    files.push_back(std::move(found));
  }
}

}  // namespace pes::sandbox::sae
