#include "pes/deposit.hpp"
#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
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

/// The latest of a folder and of what is in it. What cannot be read is told when its turn comes.
Instant last_written(const std::filesystem::path& folder, const struct stat& facts) {
  Instant latest = written(facts);
  std::error_code unreadable;
  for (const auto& entry : std::filesystem::directory_iterator(folder, unreadable)) {
    struct stat inside {};
    if (::lstat(entry.path().c_str(), &inside) == 0) latest = std::max(latest, written(inside));
  }
  return latest;
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
    return Source{Source::Kind::folder, path, last_written(path, *facts)};
  }
  const auto kind = kind_of(path);
  if (!S_ISREG(facts->st_mode) || !kind) return std::nullopt;
  return Source{*kind, path, written(*facts)};
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
  return {kind_of(file).value_or(Source::Kind::flow), file, written(facts)};
}

}  // namespace pes::deposit
