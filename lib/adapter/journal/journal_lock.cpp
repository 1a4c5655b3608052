#include "adapter/journal/journal_lock.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"

#include <sys/file.h>

#include <cerrno>
#include <chrono>
#include <thread>

namespace pes::journal {

namespace {
constexpr std::chrono::seconds patience{10};
constexpr std::chrono::milliseconds pause{1};
}  // namespace

JournalLock::JournalLock(const FileDescriptor& file, const std::filesystem::path& path, Mode mode)
    : file_(file) {
  const int operation = mode == Mode::append ? LOCK_EX : LOCK_SH;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (::flock(file_.get(), operation | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) throw_io(tr("cannot lock"), path, errno);
    if (std::chrono::steady_clock::now() > deadline) {
      throw Error(ErrorCode::io_failed,
                  say("another process has kept {1} for more than {2} seconds",
                      {path.native(), std::to_string(patience.count())}),
                  tr("see which one with fuser or lsof; an append takes a few milliseconds"));
    }
    std::this_thread::sleep_for(pause);
  }
}

JournalLock::~JournalLock() { ::flock(file_.get(), LOCK_UN); }

}  // namespace pes::journal
