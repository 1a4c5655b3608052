#include "pes/deposit.hpp"
#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <system_error>

namespace pes::deposit {

namespace {

Instant written(const struct stat& facts) {
  return Instant(std::chrono::seconds(facts.st_mtim.tv_sec));
}

/// Nothing for what has gone meanwhile.
std::optional<struct stat> facts_of(const std::filesystem::path& path) {
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) == 0) return facts;
  if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
  throw_io(tr("cannot read"), path, errno);
}

std::vector<std::filesystem::path> names_in(const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::directory_iterator entry(folder, failure);
  std::vector<std::filesystem::path> names;
  while (!failure && entry != std::filesystem::directory_iterator()) {
    if (!entry->path().filename().native().starts_with('.')) names.push_back(entry->path());
    entry.increment(failure);
  }
  if (failure == std::errc::no_such_file_or_directory) {
    throw Error(ErrorCode::file_unknown, say("there is no folder {1}", {folder.native()}));
  }
  if (failure) throw_io(tr("cannot read"), folder, failure.value());
  std::sort(names.begin(), names.end());
  return names;
}

/// What a file is, by its name alone; nothing for what is no deposit.
std::optional<Source::Kind> kind_of(const std::filesystem::path& file) {
  const std::string extension = lowered_ascii(file.extension().native());
  if (extension == ".xml") return Source::Kind::flow;
  if (extension == ".zip") return Source::Kind::zip;
  return std::nullopt;
}

FileIdentity identity_of(const struct stat& facts) {
  return {.device = facts.st_dev,
          .inode = facts.st_ino,
          .size = static_cast<std::uint64_t>(facts.st_size),
          .written = std::chrono::seconds(facts.st_mtim.tv_sec) +
                     std::chrono::nanoseconds(facts.st_mtim.tv_nsec)};
}

Source source_with(Source::Kind kind, const std::filesystem::path& path, const struct stat& facts) {
  return {kind, path, written(facts), {identity_of(facts)}};
}

/// A folder was last written when the last of what it holds was. What cannot be read is told when
/// its turn comes.
Source source_of_folder(const std::filesystem::path& folder, const struct stat& facts) {
  Source source = source_with(Source::Kind::folder, folder, facts);
  std::map<std::filesystem::path, struct stat> inside;
  std::error_code unreadable;
  for (const auto& entry : std::filesystem::directory_iterator(folder, unreadable)) {
    struct stat of_entry {};
    if (::lstat(entry.path().c_str(), &of_entry) == 0) inside.emplace(entry.path(), of_entry);
  }
  for (const auto& [path, of_entry] : inside) {
    source.last_written = std::max(source.last_written, written(of_entry));
    source.identities.push_back(identity_of(of_entry));
  }
  return source;
}

bool is_one_of(const std::filesystem::path& folder,
               const std::vector<std::filesystem::path>& folders) {
  return std::any_of(folders.begin(), folders.end(), [&](const std::filesystem::path& other) {
    std::error_code absent;
    return std::filesystem::equivalent(folder, other, absent);
  });
}

std::optional<Source> source_of(const std::filesystem::path& path,
                                const std::vector<std::filesystem::path>& left_out) {
  const auto facts = facts_of(path);
  if (!facts) return std::nullopt;
  if (S_ISDIR(facts->st_mode)) {
    if (is_one_of(path, left_out)) return std::nullopt;
    return source_of_folder(path, *facts);
  }
  const auto kind = kind_of(path);
  if (!S_ISREG(facts->st_mode) || !kind) return std::nullopt;
  return source_with(*kind, path, *facts);
}

}  // namespace

std::vector<Source> sources_in(const std::filesystem::path& folder,
                               const std::vector<std::filesystem::path>& left_out) {
  std::vector<Source> sources;
  for (const std::filesystem::path& path : names_in(folder)) {
    if (auto source = source_of(path, left_out)) sources.push_back(std::move(*source));
  }
  return sources;
}

Source source_at(const std::filesystem::path& file) {
  const FileDescriptor opened = open_for_reading(file);
  struct stat facts {};
  if (::fstat(opened.get(), &facts) != 0) throw_io(tr("cannot read"), file, errno);
  // Whatever its name, a person means a flow.
  return source_with(kind_of(file).value_or(Source::Kind::flow), file, facts);
}

Presence presence_of(const Source& source) {
  struct stat facts {};
  // Through a link, as a file that a person names.
  if (::stat(source.path.c_str(), &facts) != 0) {
    return errno == ENOENT || errno == ENOTDIR ? Presence::gone : Presence::changed;
  }
  const Source now = S_ISDIR(facts.st_mode) ? source_of_folder(source.path, facts)
                                            : source_with(source.kind, source.path, facts);
  return now.identities == source.identities ? Presence::as_it_was : Presence::changed;
}

}  // namespace pes::deposit
