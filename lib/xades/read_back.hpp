#pragma once

#include "helios/reading.hpp"
#include "support/lane.hpp"

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>

namespace pes::xades {

/// Reads a file on a thread of its own while the file is still being written.
class ReadBack {
 public:
  /// Throws std::system_error when the system gives no thread.
  ReadBack(std::filesystem::path file, helios::DigestPlan digests);
  ReadBack(const ReadBack&) = delete;
  ReadBack& operator=(const ReadBack&) = delete;
  /// A reading that is not over is given up.
  ~ReadBack();

  /// So many bytes of the file are written and stay.
  void publish(std::uint64_t size);
  /// The whole file is written: waits for the reading. Throws what it threw.
  helios::Reading finish();

 private:
  class GrowingFile;
  struct GivenUp {};

  /// Waits until a byte at this offset may be read, or the whole file.
  /// @return the offset up to which it may be
  std::uint64_t wait_beyond(std::uint64_t offset);

  std::filesystem::path file_;
  helios::DigestPlan digests_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t published_ = 0;
  bool given_up_ = false;
  helios::Reading reading_;
  Lane lane_{1};  // last: its job uses all of the others
};

}  // namespace pes::xades
