#pragma once

#include "support/scratch.hpp"

#include <sys/mount.h>

#include <filesystem>
#include <iostream>
#include <string>

namespace pes::test {

/// A file system of a few pages, in memory, to be filled or made read-only. Only root can
/// have one: elsewhere it says that the test is skipped.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& size)
      : is_mounted_(::mount("tmpfs", path().c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0) {
    if (!is_mounted_) std::cout << "SKIPPED: a small file system cannot be mounted here\n";
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (is_mounted_) ::umount2(path().c_str(), MNT_DETACH);
  }

  [[nodiscard]] bool is_mounted() const { return is_mounted_; }
  [[nodiscard]] const std::filesystem::path& path() const { return scratch_.path(); }
  [[nodiscard]] bool resize(const std::string& size) const {
    return ::mount("tmpfs", path().c_str(), "tmpfs", MS_REMOUNT, ("size=" + size).c_str()) == 0;
  }
  [[nodiscard]] bool make_read_only() const {
    return ::mount("tmpfs", path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }

 private:
  Scratch scratch_;
  bool is_mounted_;
};

}  // namespace pes::test
