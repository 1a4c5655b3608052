#include "adapter/store/folder.hpp"

#include "pes/error.hpp"
#include "record/dossier.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace pes::store {

namespace {

constexpr std::size_t largest_state = 16U << 20U;

std::filesystem::path bin_of(const std::filesystem::path& dossiers) {
  return dossiers / ".deleted";
}

std::string read_state_text(const std::filesystem::path& file, const DossierId& id) {
  try {
    return read_file(file, largest_state);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::file_unknown) throw unknown_dossier(id);
    if (error.code() != ErrorCode::input_too_large) throw;
    throw Error(ErrorCode::state_damaged, error.message(), tr("restore this file from a backup"));
  }
}

std::vector<std::filesystem::path> list(const std::filesystem::path& folder,
                                        std::error_code& failure) {
  std::vector<std::filesystem::path> entries;
  std::filesystem::directory_iterator entry(folder, failure);
  while (!failure && entry != std::filesystem::directory_iterator()) {
    entries.push_back(entry->path());
    entry.increment(failure);
  }
  return entries;
}

void remove_if_possible(const std::filesystem::path& path) {
  std::error_code left;
  std::filesystem::remove_all(path, left);
}

bool is_folder(const std::filesystem::path& path) {
  std::error_code unreachable;
  return std::filesystem::is_directory(path, unreachable);
}

/// Case may not count where the home is: two spellings can be one folder.
bool is_at(const std::filesystem::path& folder, const std::filesystem::path& place) {
  std::error_code elsewhere;
  return std::filesystem::equivalent(folder, place, elsewhere);
}

/// A holder empties its record when it lets go. Opened: on a home that machines share, what is
/// asked of a name alone may be what it was a moment ago.
bool has_record(const FileDescriptor& lock) {
  struct stat facts {};
  return lock.is_open() && ::fstat(lock.get(), &facts) == 0 && facts.st_size > 0;
}

FileDescriptor lock_of(const std::filesystem::path& folder) {
  return FileDescriptor(::open((folder / "lock").c_str(), O_RDONLY | O_CLOEXEC));
}

bool is_held(const std::filesystem::path& folder) { return has_record(lock_of(folder)); }

/// By a process that lives.
bool is_locked(const FileDescriptor& lock) {
  return ::flock(lock.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

bool is_of_the_store(const std::filesystem::path& path) {
  return path.filename() == "dossier.json" || path.filename() == "lock";
}

}  // namespace

std::filesystem::path folder_of(const std::filesystem::path& dossiers, const DossierId& id) {
  return dossiers / id.text().substr(0, 2) / id.text();
}

std::filesystem::path state_file(const std::filesystem::path& folder) {
  return folder / "dossier.json";
}

bool has_state(const std::filesystem::path& folder) {
  std::error_code unreachable;
  return std::filesystem::exists(state_file(folder), unreachable);
}

Dossier read_state(const std::filesystem::path& folder, const DossierId& id) {
  const std::filesystem::path file = state_file(folder);
  Dossier dossier =
      record::read_dossier(read_state_text(file, id), {.name = [&] { return file.native(); }});
  if (dossier.id_d != id) throw unknown_dossier(id);
  return dossier;
}

Error unknown_dossier(const DossierId& id) {
  return {ErrorCode::dossier_unknown, say("dossier {1} is unknown", {id.text()}),
          tr("see those of this home with pes list")};
}

bool has_lost_its_state(const std::filesystem::path& folder) {
  if (has_state(folder)) return true;  // of another dossier, or it could be read
  std::error_code absent;
  const auto entries = list(folder, absent);
  return !is_held(folder) && !std::all_of(entries.begin(), entries.end(), is_of_the_store);
}

Look look_at(const std::filesystem::path& dossiers, const DossierId& id) {
  const std::filesystem::path folder = folder_of(dossiers, id);
  Look look{.was_held = is_held(folder)};  // before the state is read, or a change is missed
  try {
    look.dossier = read_state(folder, id);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::dossier_unknown) {
      look.damage = error;
    } else if (has_lost_its_state(folder)) {
      look.damage = Error(ErrorCode::state_damaged,
                          say("{1} does not hold the state of its dossier", {folder.native()}),
                          tr("restore dossier.json from a backup"));
    } else if (look.was_held) {
      // A creation whose maker died comes to nothing: another one is told by its event.
      look.was_held = is_locked(lock_of(folder));
    }
  }
  return look;
}

void look_at_all(const std::filesystem::path& dossiers,
                 const std::function<void(const DossierId&, const Look&)>& callback) {
  for (const auto& shelf : entries_of(dossiers)) {
    if (!is_folder(shelf)) continue;
    for (const auto& folder : entries_of(shelf)) {
      const auto id = DossierId::parse(folder.filename().native());
      if (id && is_at(folder, folder_of(dossiers, *id))) callback(*id, look_at(dossiers, *id));
    }
  }
}

bool names(const Dossier& dossier, const std::string& path) {
  return std::any_of(dossier.files.begin(), dossier.files.end(),
                     [&](const auto& entry) { return entry.second.path == path; });
}

void remove_unnamed(const std::filesystem::path& folder, const Dossier& dossier) {
  std::error_code unreadable;
  for (const auto& path : list(folder, unreadable)) {
    if (!is_of_the_store(path) && !names(dossier, path.filename().native())) {
      remove_if_possible(path);
    }
  }
}

void move_to_bin(const std::filesystem::path& dossiers, const DossierId& id) {
  const std::filesystem::path folder = folder_of(dossiers, id);
  make_directory(bin_of(dossiers));
  // A place of its own: the remains of one of the same name may still be there.
  std::string place = (bin_of(dossiers) / (id.text() + ".XXXXXX")).native();
  if (::mkdtemp(place.data()) == nullptr || ::rename(folder.c_str(), place.c_str()) != 0) {
    throw_io(tr("cannot erase"), folder, errno);
  }
  sync_directory(folder.parent_path());
  sync_directory(bin_of(dossiers));
}

void empty_bin(const std::filesystem::path& dossiers) {
  std::error_code none;
  for (const auto& path : list(bin_of(dossiers), none)) remove_if_possible(path);
}

std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder) {
  std::error_code failure;
  auto entries = list(folder, failure);
  if (failure) throw_io(tr("cannot read"), folder, failure.value());
  return entries;
}

}  // namespace pes::store
