#pragma once

#include "support/file.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace pes::fuzz {

/// A file that is never on a disk, for what reads a path thousands of times a second.
class MemoryFile {
 public:
  MemoryFile() : file_(::memfd_create("pes-fuzz", MFD_CLOEXEC)) {}

  /// Puts these bytes in the place of what it held.
  void hold(std::string_view bytes) const {
    if (::ftruncate(file_.get(), 0) != 0 || ::lseek(file_.get(), 0, SEEK_SET) != 0) {
      throw_io("cannot empty", path(), errno);
    }
    write_all(file_.get(), bytes, path());
  }
  [[nodiscard]] std::filesystem::path path() const {
    return "/proc/self/fd/" + std::to_string(file_.get());
  }

 private:
  FileDescriptor file_;
};

}  // namespace pes::fuzz
