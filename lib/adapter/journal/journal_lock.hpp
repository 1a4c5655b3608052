#pragma once

#include "support/file.hpp"

#include <filesystem>

namespace pes::journal {

/// The journal taken for one operation, among threads and processes: advisory, on the
/// journal itself, freed by the kernel when its holder dies.
class JournalLock {
 public:
  enum class Mode { append, look };

  /// Waits for its turn, ten seconds at most; then io_failed.
  /// @param file an own opening of the journal: two that share one do not exclude each other
  JournalLock(const FileDescriptor& file, const std::filesystem::path& path, Mode mode);
  JournalLock(const JournalLock&) = delete;
  JournalLock& operator=(const JournalLock&) = delete;
  ~JournalLock();

 private:
  const FileDescriptor& file_;
};

}  // namespace pes::journal
