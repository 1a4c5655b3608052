#pragma once

#include "support/file.hpp"

#include <filesystem>

namespace pes::sandbox {

/// Excludes other threads and other processes while it lives: an flock on a file, made
/// when absent, or on an existing directory. The kernel drops it with the process.
class Lock {
 public:
  explicit Lock(const std::filesystem::path& place);

 private:
  FileDescriptor held_;
};

}  // namespace pes::sandbox
