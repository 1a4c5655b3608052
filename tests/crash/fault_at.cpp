// Preloaded into the tool: counts the system calls that leave a trace (on the disk or on
// the network) and, at the one asked for, kills the process or makes the call fail.
//
//   PES_FAULT_AT=N        the N-th call, from 1
//   PES_FAULT=kill        kill -9 just after the call was done (the default)
//   PES_FAULT=enospc|eio  the call is not done and reports that error; only calls on files
//
// Nothing in the product knows of it.

#include <dlfcn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

enum class Fault { none, kill, enospc, eio };

long wanted() {
  const char* text = std::getenv("PES_FAULT_AT");
  return text == nullptr ? 0 : std::atol(text);
}

Fault kind() {
  const char* text = std::getenv("PES_FAULT");
  if (text == nullptr || std::strcmp(text, "kill") == 0) return Fault::kill;
  return std::strcmp(text, "enospc") == 0 ? Fault::enospc : Fault::eio;
}

std::atomic<long> calls{0};

bool is_reached() { return wanted() > 0 && ++calls == wanted(); }

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

bool is_trace(int descriptor) {
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0) return false;
  // A terminal or a pipe keeps nothing.
  return S_ISREG(facts.st_mode) || S_ISDIR(facts.st_mode) || S_ISSOCK(facts.st_mode);
}

bool is_socket(int descriptor) {
  struct stat facts {};
  return ::fstat(descriptor, &facts) == 0 && S_ISSOCK(facts.st_mode);
}

/// Runs the real call; around it, the fault when its turn has come.
template <typename Call>
auto with_fault(bool on_file, Call call) -> decltype(call()) {
  if (!is_reached()) return call();
  if (kind() == Fault::kill) {
    const auto result = call();
    std::raise(SIGKILL);
    return result;
  }
  if (!on_file) return call();
  errno = kind() == Fault::enospc ? ENOSPC : EIO;
  return static_cast<decltype(call())>(-1);
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t count) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  if (!is_trace(descriptor)) return real(descriptor, bytes, count);
  return with_fault(!is_socket(descriptor), [&] { return real(descriptor, bytes, count); });
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  return with_fault(true, [&] { return real(descriptor, bytes, count, offset); });
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t offset) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  return with_fault(true, [&] { return real(descriptor, bytes, count, offset); });
}

ssize_t copy_file_range(int from, off64_t* from_offset, int to, off64_t* to_offset, size_t count,
                        unsigned flags) {
  static const auto real =
      next<ssize_t (*)(int, off64_t*, int, off64_t*, size_t, unsigned)>("copy_file_range");
  return with_fault(true, [&] { return real(from, from_offset, to, to_offset, count, flags); });
}

ssize_t send(int descriptor, const void* bytes, size_t count, int flags) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, int)>("send");
  return with_fault(false, [&] { return real(descriptor, bytes, count, flags); });
}

ssize_t recv(int descriptor, void* bytes, size_t count, int flags) {
  static const auto real = next<ssize_t (*)(int, void*, size_t, int)>("recv");
  return with_fault(false, [&] { return real(descriptor, bytes, count, flags); });
}

int connect(int descriptor, const struct sockaddr* address, socklen_t length) {
  static const auto real = next<int (*)(int, const struct sockaddr*, socklen_t)>("connect");
  return with_fault(false, [&] { return real(descriptor, address, length); });
}

int fsync(int descriptor) {
  static const auto real = next<int (*)(int)>("fsync");
  return with_fault(true, [&] { return real(descriptor); });
}

int fdatasync(int descriptor) {
  static const auto real = next<int (*)(int)>("fdatasync");
  return with_fault(true, [&] { return real(descriptor); });
}

int rename(const char* from, const char* to) {
  static const auto real = next<int (*)(const char*, const char*)>("rename");
  return with_fault(true, [&] { return real(from, to); });
}

int unlink(const char* path) {
  static const auto real = next<int (*)(const char*)>("unlink");
  return with_fault(false, [&] { return real(path); });
}

int mkdir(const char* path, mode_t mode) {
  static const auto real = next<int (*)(const char*, mode_t)>("mkdir");
  return with_fault(true, [&] { return real(path, mode); });
}

int ftruncate(int descriptor, off_t length) {
  static const auto real = next<int (*)(int, off_t)>("ftruncate");
  return with_fault(false, [&] { return real(descriptor, length); });
}

int ftruncate64(int descriptor, off64_t length) {
  static const auto real = next<int (*)(int, off64_t)>("ftruncate64");
  return with_fault(false, [&] { return real(descriptor, length); });
}

}  // extern "C"
