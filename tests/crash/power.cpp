#include "power.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace power {

namespace {

// The system itself: what is done here is no call of the program.
int raw_open(int folder, const char* path, int flags) {
  return static_cast<int>(::syscall(SYS_openat, folder, path, flags | O_CLOEXEC, 0600));
}
void raw_link(int from_folder, const char* from, int to_folder, const char* to) {
  ::syscall(SYS_linkat, from_folder, from, to_folder, to, 0);
}
void raw_unlink(int folder, const char* path, int flags) {
  ::syscall(SYS_unlinkat, folder, path, flags);
}
void raw_rename(const Place& from, const Place& to) {
  ::syscall(SYS_renameat2, from.folder, from.name.c_str(), to.folder, to.name.c_str(), 0);
}
void raw_mkdir(const Place& place) {
  ::syscall(SYS_mkdirat, place.folder, place.name.c_str(), 0700);
}

/// A file, and what it holds for certain; nothing when all of it is.
struct Bytes {
  int file = -1;  // never closed: closing would let go of the locks that SQLite has on it
  std::optional<std::string> durable;
};

using Inode = std::pair<dev_t, ino_t>;

/// Nothing of it is destroyed while threads may still run.
struct Memory {
  std::mutex alone;
  std::map<Inode, Bytes> files;
  std::list<Change> changes;  // in their order
  int kept = 0;
};

Memory& memory() {
  static auto* const all = new Memory;
  return *all;
}

const char* shelf() { return std::getenv("PES_POWER_SHELF"); }

std::string whole(int file) {
  std::string bytes;
  char block[65536];
  while (true) {
    const auto count = ::syscall(SYS_pread64, file, block, sizeof block, bytes.size());
    if (count <= 0) return bytes;
    bytes.append(block, static_cast<std::size_t>(count));
  }
}

Place place_of(int folder, const char* path) {
  const std::string text = path;
  const std::size_t slash = text.rfind('/');
  const bool is_leaf = slash == std::string::npos;
  const std::string parent = is_leaf ? "." : text.substr(0, slash + 1);
  Place place{.folder = raw_open(folder, parent.c_str(), O_PATH | O_DIRECTORY),
              .name = is_leaf ? text : text.substr(slash + 1)};
  struct stat facts {};
  if (place.folder >= 0 && ::fstat(place.folder, &facts) == 0) {
    place.device = facts.st_dev;
    place.inode = facts.st_ino;
  }
  return place;
}

std::optional<struct stat> facts_of(const Place& place) {
  struct stat facts {};
  const bool is_there =
      ::fstatat(place.folder, place.name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) == 0;
  return is_there ? std::optional(facts) : std::nullopt;
}

/// For the day it must come back.
void keep(Change& change, const Place& place) {
  const auto facts = facts_of(place);
  if (!facts) return;
  change.was_folder = S_ISDIR(facts->st_mode);
  if (change.was_folder) return;
  change.kept = std::string(shelf()) + "/" + std::to_string(++memory().kept);
  raw_link(place.folder, place.name.c_str(), AT_FDCWD, change.kept.c_str());
}

void close_places(const Change& change) {
  for (const int folder : {change.before.folder, change.after.folder}) {
    if (folder >= 0) ::syscall(SYS_close, folder);
  }
}

void forget(const Change& change) {
  if (!change.kept.empty()) raw_unlink(AT_FDCWD, change.kept.c_str(), 0);
  close_places(change);
}

void remove_tree(const Place& place) {
  const int folder = raw_open(place.folder, place.name.c_str(), O_RDONLY | O_DIRECTORY);
  if (DIR* const entries = folder < 0 ? nullptr : ::fdopendir(folder)) {
    while (const dirent* const entry = ::readdir(entries)) {
      const std::string name = entry->d_name;
      if (name == "." || name == "..") continue;
      const Place inside{.folder = folder, .name = name};
      const auto facts = facts_of(inside);
      if (facts && S_ISDIR(facts->st_mode)) {
        remove_tree(inside);
      } else {
        raw_unlink(folder, name.c_str(), 0);
      }
    }
    ::closedir(entries);
  }
  raw_unlink(place.folder, place.name.c_str(), AT_REMOVEDIR);
}

void bring_back(const Change& change, const Place& place) {
  if (change.was_folder) raw_mkdir(place);
  if (!change.kept.empty()) {
    raw_link(AT_FDCWD, change.kept.c_str(), place.folder, place.name.c_str());
  }
}

void undo(const Change& change) {
  switch (change.kind) {
    case Change::Kind::none:
      return;
    case Change::Kind::made: {
      const auto facts = facts_of(change.after);
      if (facts && S_ISDIR(facts->st_mode)) return remove_tree(change.after);
      return raw_unlink(change.after.folder, change.after.name.c_str(), 0);
    }
    case Change::Kind::removed:
      return bring_back(change, change.before);
    case Change::Kind::moved:
      raw_rename(change.after, change.before);
      return bring_back(change, change.after);
  }
}

bool is_in(const Place& place, const struct stat& folder) {
  return place.device == folder.st_dev && place.inode == folder.st_ino;
}

/// A move is durable once both folders are.
bool is_settled(Change& change, const struct stat& folder) {
  for (Place* const place : {&change.before, &change.after}) {
    if (is_in(*place, folder)) place->inode = 0;
  }
  return change.before.inode == 0 && change.after.inode == 0;
}

}  // namespace

Change about_to_make(int folder, const char* path) {
  if (shelf() == nullptr) return {};
  Change change;
  change.after = place_of(folder, path);
  if (!facts_of(change.after)) change.kind = Change::Kind::made;
  return change;
}

Change about_to_remove(int folder, const char* path) {
  if (shelf() == nullptr) return {};
  Change change;
  change.kind = Change::Kind::removed;
  change.before = place_of(folder, path);
  const std::lock_guard alone(memory().alone);
  keep(change, change.before);
  return change;
}

Change about_to_move(const char* from, const char* to) {
  if (shelf() == nullptr) return {};
  Change change;
  change.kind = Change::Kind::moved;
  change.before = place_of(AT_FDCWD, from);
  change.after = place_of(AT_FDCWD, to);
  const std::lock_guard alone(memory().alone);
  keep(change, change.after);
  return change;
}

void made(Change change, bool successfully) {
  if (!successfully || change.kind == Change::Kind::none) return forget(change);
  const std::lock_guard alone(memory().alone);
  memory().changes.push_back(std::move(change));
}

void before_change_of_bytes(int file) {
  if (shelf() == nullptr) return;
  struct stat facts {};
  if (::fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode)) return;
  const std::lock_guard alone(memory().alone);
  Bytes& bytes = memory().files[{facts.st_dev, facts.st_ino}];
  if (bytes.file < 0) {
    bytes.file = raw_open(AT_FDCWD, ("/proc/self/fd/" + std::to_string(file)).c_str(), O_RDWR);
  }
  if (!bytes.durable) bytes.durable = whole(bytes.file);
}

void synced(int file) {
  struct stat facts {};
  if (shelf() == nullptr || ::fstat(file, &facts) != 0) return;
  const std::lock_guard alone(memory().alone);
  if (!S_ISDIR(facts.st_mode)) {
    const auto found = memory().files.find({facts.st_dev, facts.st_ino});
    if (found != memory().files.end()) found->second.durable.reset();
    return;
  }
  memory().changes.remove_if([&](Change& change) {
    const bool is_durable = is_settled(change, facts);
    if (is_durable) forget(change);
    return is_durable;
  });
}

void lose(Loss loss) {
  // Held until the end: no other thread writes any more.
  memory().alone.lock();
  if (loss != Loss::names) {
    for (auto& [inode, bytes] : memory().files) {
      if (!bytes.durable) continue;
      ::syscall(SYS_ftruncate, bytes.file, 0);
      ::syscall(SYS_pwrite64, bytes.file, bytes.durable->data(), bytes.durable->size(), 0);
    }
  }
  if (loss == Loss::bytes) return;
  std::for_each(memory().changes.rbegin(), memory().changes.rend(), undo);
}

}  // namespace power
