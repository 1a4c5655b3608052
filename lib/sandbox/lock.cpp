#include "sandbox/lock.hpp"

#include "support/text.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

namespace pes::sandbox {
namespace {

constexpr int owner_only = 0600;

FileDescriptor open_lock(const std::filesystem::path& place) {
  if (std::filesystem::is_directory(place)) {
    return FileDescriptor(::open(place.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  return FileDescriptor(::open(place.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only));
}

}  // namespace

Lock::Lock(const std::filesystem::path& place) : held_(open_lock(place)) {
  if (!held_.is_open()) throw_io(tr("cannot lock"), place, errno);
  while (::flock(held_.get(), LOCK_EX) != 0) {
    if (errno != EINTR) throw_io(tr("cannot lock"), place, errno);
  }
}

}  // namespace pes::sandbox
