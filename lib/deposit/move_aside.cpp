#include "pes/deposit.hpp"
#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace pes::deposit {

namespace {

/// Renames without replacing; false when the name is taken. Network file systems do not all know
/// how to: there a link, which replaces nothing either, makes the new name of a file first.
bool renamed(const std::filesystem::path& source, const std::filesystem::path& target) {
  if (::renameat2(AT_FDCWD, source.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) {
    return true;
  }
  if (errno == EINVAL || errno == ENOSYS) {
    const bool is_folder = std::filesystem::is_directory(std::filesystem::symlink_status(source));
    // The folders of a deposit hold something: no rename replaces them.
    if (is_folder && ::rename(source.c_str(), target.c_str()) == 0) return true;
    if (!is_folder && ::link(source.c_str(), target.c_str()) == 0) {
      if (::unlink(source.c_str()) == 0 || errno == ENOENT) return true;
    }
  }
  if (errno == EEXIST || errno == ENOTEMPTY) return false;
  if (errno == ENOENT) {
    throw Error(ErrorCode::file_unknown, say("there is no file {1}", {source.native()}));
  }
  throw_io(tr("cannot move"), source, errno);
}

/// `flux.xml`, then `flux-1.xml`; a folder's name has no extension.
std::filesystem::path name_for(const std::filesystem::path& source, int rank) {
  if (rank == 0) return source.filename();
  const std::string number = "-" + std::to_string(rank);
  if (std::filesystem::is_directory(std::filesystem::symlink_status(source))) {
    return source.filename().native() + number;
  }
  return source.stem().native() + number + source.extension().native();
}

}  // namespace

void require_place_beside(const std::filesystem::path& folder, const std::filesystem::path& from) {
  struct stat place {};
  struct stat origin {};
  if (::stat(folder.c_str(), &place) != 0 || !S_ISDIR(place.st_mode)) {
    throw Error(ErrorCode::file_unknown, say("there is no folder {1}", {folder.native()}),
                say("make it: mkdir -p {1}", {folder.native()}));
  }
  if (::stat(from.c_str(), &origin) != 0) throw_io(tr("cannot read"), from, errno);
  if (place.st_dev == origin.st_dev) return;
  throw Error(ErrorCode::usage,
              say("files cannot be moved at once from {1} to {2}, on another file system",
                  {from.native(), folder.native()}),
              tr("choose a folder beside the first"));
}

std::filesystem::path move_aside(const std::filesystem::path& source,
                                 const std::filesystem::path& folder) {
  constexpr int most = 100'000;
  for (int rank = 0; rank < most; ++rank) {
    std::filesystem::path target = folder / name_for(source, rank);
    if (renamed(source, target)) return target;
  }
  throw_io(tr("cannot move"), source, EEXIST);
}

}  // namespace pes::deposit
