#pragma once

#include <sys/types.h>

#include <string>

/// What the process has written and not made durable: the bytes of a file until it is
/// synced, the names in a folder (made, removed, moved) until the folder is. It is all that
/// POSIX allows a power cut to take, whatever the file system.
///
///   PES_POWER_SHELF=<folder>  on the same file system: what is removed is kept there
namespace power {

/// What the cut takes: all that is not durable or, as a file system that writes one before the
/// other would have it, bytes only or names only.
enum class Loss { all, bytes, names };

/// A name in a folder that is held open, for its path may change.
struct Place {
  int folder = -1;
  dev_t device = 0;
  ino_t inode = 0;  // of the folder
  std::string name;
};

/// A change of names that is about to be made.
struct Change {
  enum class Kind { none, made, removed, moved };
  Kind kind = Kind::none;
  Place before, after;
  std::string kept;         // another name of the file that is removed or replaced
  bool was_folder = false;  // what is removed or replaced
};
Change about_to_make(int folder, const char* path);
Change about_to_remove(int folder, const char* path);
Change about_to_move(const char* from, const char* to);
void made(Change change, bool successfully);

void before_change_of_bytes(int file);
void synced(int file);

/// The disk is put back as it may stand after a power cut now.
void lose(Loss loss);

}  // namespace power
