#pragma once

#include "adapter/store/holder.hpp"
#include "pes/ids.hpp"
#include "support/file.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace pes::store {

/// The exclusive lock of a dossier, on the file `lock` of its folder. The kernel frees it
/// when the holder dies, and the record that it then left in the file tells the next one
/// that it was interrupted.
class Lock {
 public:
  /// Takes it without waiting. Nothing when the folder is not there. Throws dossier_locked,
  /// naming the holder.
  static std::optional<Lock> take(const std::filesystem::path& folder, const DossierId& id);

  /// The journal position in the record that a holder left by dying.
  [[nodiscard]] std::optional<std::uint64_t> interrupted_since() const;
  /// Durable on return: the event that follows must not outlive it in a power cut.
  void write(const Holder& holder);
  /// Says that the dossier was let go properly. Failing, the next holder only looks at the
  /// journal once more.
  void clear() noexcept;

 private:
  Lock(std::filesystem::path path, FileDescriptor file);

  std::filesystem::path path_;
  FileDescriptor file_;
};

}  // namespace pes::store
