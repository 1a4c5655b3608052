// Preloaded into the tool: counts the system calls that leave a trace (on the disk or on the
// network) and, at the one asked for, kills the process, makes the call fail, or lets time pass.
//
//   PES_FAULT_AT=N         the N-th call, from 1
//   PES_FAULT=kill         kill -9 just after the call was done (the default)
//             enospc|eio   the call is not done and reports that error; only calls on files
//             full         enospc, and so do all calls on files that come after
//             cut          the connection is cut: refused, or in the middle of what was being
//                          sent, or before what was received; only calls on the network
//             delay        the call takes an hour
//             power|power-bytes|power-names  kill, and what was not durable is lost
//   PES_FAULT_CALLS=<file> where each call is told, as it is counted: « rename file »
//
// Nothing in the product knows of it.

#include "clock.hpp"
#include "power.hpp"
#include "real.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

enum class On { file, removal, network };

struct Call {
  const char* name;
  On on;
};

const char* word(On on) {
  switch (on) {
    case On::file:
      return "file";
    case On::removal:
      return "removal";
    case On::network:
      return "network";
  }
  return "";
}

long wanted() {
  static const char* const text = std::getenv("PES_FAULT_AT");
  return text == nullptr ? 0 : std::atol(text);
}

std::string_view fault() {
  static const char* const text = std::getenv("PES_FAULT");
  return text == nullptr ? "kill" : text;
}

std::atomic<long> calls{0};

void tell(const Call& call) {
  static const char* const place = std::getenv("PES_FAULT_CALLS");
  if (place == nullptr) return;
  const int file = static_cast<int>(
      ::syscall(SYS_openat, AT_FDCWD, place, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  const std::string line = std::string(call.name) + " " + word(call.on) + "\n";
  ::syscall(SYS_write, file, line.data(), line.size());
  ::syscall(SYS_close, file);
}

/// Whether this call is the one that suffers.
bool is_struck(const Call& call) {
  const long rank = ++calls;
  tell(call);
  return wanted() > 0 && (rank == wanted() || (fault() == "full" && rank > wanted()));
}

bool dies() { return fault() == "kill" || fault().starts_with("power"); }

void die() {
  if (fault() == "power") power::lose(power::Loss::all);
  if (fault() == "power-bytes") power::lose(power::Loss::bytes);
  if (fault() == "power-names") power::lose(power::Loss::names);
  std::raise(SIGKILL);
}

/// What the call reports instead of being done; 0: it is done.
int refusal(const Call& call) {
  if (fault() == "eio" && call.on != On::network) return EIO;
  if ((fault() == "enospc" || fault() == "full") && call.on == On::file) return ENOSPC;
  return 0;
}

/// The real call; around it, the fault when its turn has come.
template <typename Do>
auto with_fault(const Call& call, Do done) -> decltype(done()) {
  if (!is_struck(call)) return done();
  if (fault() == "delay") clocks::pass(std::chrono::hours(1));
  if (const int error = refusal(call)) {
    errno = error;
    return static_cast<decltype(done())>(-1);
  }
  const auto result = done();
  if (dies()) die();
  return result;
}

/// Of names.
template <typename Do>
int with_fault(const Call& call, power::Change (*about)(int, const char*), int folder,
               const char* path, Do done) {
  return with_fault(call, [&] {
    const power::Change change = about(folder, path);
    const int result = done();
    power::made(change, result >= 0);
    return result;
  });
}

bool is_disk(int descriptor) {
  struct stat facts {};
  // A terminal or a pipe keeps nothing.
  return ::fstat(descriptor, &facts) == 0 && (S_ISREG(facts.st_mode) || S_ISDIR(facts.st_mode));
}

bool is_internet(const sockaddr* address) {
  return address->sa_family == AF_INET || address->sa_family == AF_INET6;
}

bool is_line(int descriptor) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  return ::getsockname(descriptor, any, &length) == 0 && is_internet(any);
}

ssize_t cut(int descriptor) {
  ::shutdown(descriptor, SHUT_RDWR);
  errno = ECONNRESET;
  return -1;
}

template <typename Do>
ssize_t writing(const char* name, int descriptor, Do done) {
  return with_fault({name, On::file}, [&] {
    power::before_change_of_bytes(descriptor);
    return done();
  });
}

template <typename Do>
int syncing(const char* name, int descriptor, Do done) {
  return with_fault({name, On::file}, [&] {
    const int result = done();
    if (result == 0) power::synced(descriptor);
    return result;
  });
}

/// Counted when a file is made or emptied.
template <typename Do>
int opening(int folder, const char* path, int flags, Do done) {
  struct stat facts {};
  const bool is_there = ::fstatat(folder, path, &facts, AT_SYMLINK_NOFOLLOW) == 0;
  if (is_there && (flags & O_TRUNC) != 0 && S_ISREG(facts.st_mode)) {
    const int file = static_cast<int>(::syscall(SYS_openat, folder, path, O_RDWR | O_CLOEXEC, 0));
    const ssize_t result = writing("open", file, [&] { return ssize_t{done()}; });
    ::syscall(SYS_close, file);
    return static_cast<int>(result);
  }
  if (is_there || (flags & O_CREAT) == 0) return done();
  return with_fault({"open", On::file}, power::about_to_make, folder, path, done);
}

mode_t mode_in(int flags, va_list rest) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
}

/// Its name is known only afterwards.
template <typename Do>
int making_temporary(const char* name, const char* pattern, Do done) {
  return with_fault({name, On::file}, [&] {
    const int result = done();
    if (result >= 0) {
      power::Change change = power::about_to_remove(AT_FDCWD, pattern);
      std::swap(change.before, change.after);
      change.kind = power::Change::Kind::made;
      power::made(change, true);
    }
    return result;
  });
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t count) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t)>("write");
  if (!is_disk(descriptor)) return next(descriptor, bytes, count);
  return writing("write", descriptor, [&] { return next(descriptor, bytes, count); });
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  return writing("pwrite", descriptor, [&] { return next(descriptor, bytes, count, offset); });
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t offset) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  return writing("pwrite", descriptor, [&] { return next(descriptor, bytes, count, offset); });
}

ssize_t copy_file_range(int from, off64_t* from_offset, int to, off64_t* to_offset, size_t count,
                        unsigned flags) {
  static const auto next =
      real<ssize_t (*)(int, off64_t*, int, off64_t*, size_t, unsigned)>("copy_file_range");
  return writing("copy_file_range", to,
                 [&] { return next(from, from_offset, to, to_offset, count, flags); });
}

int ftruncate(int descriptor, off_t length) {
  static const auto next = real<int (*)(int, off_t)>("ftruncate");
  return static_cast<int>(
      writing("ftruncate", descriptor, [&] { return ssize_t{next(descriptor, length)}; }));
}

int ftruncate64(int descriptor, off64_t length) {
  static const auto next = real<int (*)(int, off64_t)>("ftruncate64");
  return static_cast<int>(
      writing("ftruncate", descriptor, [&] { return ssize_t{next(descriptor, length)}; }));
}

int fsync(int descriptor) {
  static const auto next = real<int (*)(int)>("fsync");
  return syncing("fsync", descriptor, [&] { return next(descriptor); });
}

int fdatasync(int descriptor) {
  static const auto next = real<int (*)(int)>("fdatasync");
  return syncing("fdatasync", descriptor, [&] { return next(descriptor); });
}

int open(const char* path, int flags, ...) {
  static const auto next = real<int (*)(const char*, int, ...)>("open");
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return opening(AT_FDCWD, path, flags, [&] { return next(path, flags, mode); });
}

int open64(const char* path, int flags, ...) {
  static const auto next = real<int (*)(const char*, int, ...)>("open64");
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return opening(AT_FDCWD, path, flags, [&] { return next(path, flags, mode); });
}

int mkostemp(char* pattern, int flags) {
  static const auto next = real<int (*)(char*, int)>("mkostemp");
  return making_temporary("mkostemp", pattern, [&] { return next(pattern, flags); });
}

int mkostemp64(char* pattern, int flags) {
  static const auto next = real<int (*)(char*, int)>("mkostemp64");
  return making_temporary("mkostemp", pattern, [&] { return next(pattern, flags); });
}

char* mkdtemp(char* pattern) {
  static const auto next = real<char* (*)(char*)>("mkdtemp");
  const int result =
      making_temporary("mkdtemp", pattern, [&] { return next(pattern) == nullptr ? -1 : 0; });
  return result < 0 ? nullptr : pattern;
}

int mkdir(const char* path, mode_t mode) {
  static const auto next = real<int (*)(const char*, mode_t)>("mkdir");
  return with_fault({"mkdir", On::file}, power::about_to_make, AT_FDCWD, path,
                    [&] { return next(path, mode); });
}

int symlink(const char* target, const char* path) {
  static const auto next = real<int (*)(const char*, const char*)>("symlink");
  return with_fault({"symlink", On::file}, power::about_to_make, AT_FDCWD, path,
                    [&] { return next(target, path); });
}

int link(const char* from, const char* to) {
  static const auto next = real<int (*)(const char*, const char*)>("link");
  return with_fault({"link", On::file}, power::about_to_make, AT_FDCWD, to,
                    [&] { return next(from, to); });
}

int rename(const char* from, const char* to) {
  static const auto next = real<int (*)(const char*, const char*)>("rename");
  return with_fault({"rename", On::file}, [&] {
    const power::Change change = power::about_to_move(from, to);
    const int result = next(from, to);
    power::made(change, result == 0);
    return result;
  });
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  static const auto next = real<int (*)(int, const char*, int, const char*, unsigned)>("renameat2");
  return with_fault({"rename", On::file}, [&] {
    const power::Change change = power::about_to_move(from, to);
    const int result = next(from_folder, from, to_folder, to, flags);
    power::made(change, result == 0);
    return result;
  });
}

int unlink(const char* path) {
  static const auto next = real<int (*)(const char*)>("unlink");
  return with_fault({"unlink", On::removal}, power::about_to_remove, AT_FDCWD, path,
                    [&] { return next(path); });
}

int rmdir(const char* path) {
  static const auto next = real<int (*)(const char*)>("rmdir");
  return with_fault({"rmdir", On::removal}, power::about_to_remove, AT_FDCWD, path,
                    [&] { return next(path); });
}

int remove(const char* path) {
  static const auto next = real<int (*)(const char*)>("remove");
  return with_fault({"remove", On::removal}, power::about_to_remove, AT_FDCWD, path,
                    [&] { return next(path); });
}

int unlinkat(int folder, const char* path, int flags) {
  static const auto next = real<int (*)(int, const char*, int)>("unlinkat");
  return with_fault({"unlink", On::removal}, power::about_to_remove, folder, path,
                    [&] { return next(folder, path, flags); });
}

ssize_t send(int descriptor, const void* bytes, size_t count, int flags) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t, int)>("send");
  if (!is_line(descriptor)) return next(descriptor, bytes, count, flags);
  bool is_cut = false;
  const ssize_t sent = with_fault({"send", On::network}, [&] {
    is_cut = fault() == "cut" && calls == wanted();
    return next(descriptor, bytes, is_cut ? count / 2 : count, flags);
  });
  return is_cut ? cut(descriptor) : sent;
}

/// Counted when something came.
ssize_t recv(int descriptor, void* bytes, size_t count, int flags) {
  static const auto next = real<ssize_t (*)(int, void*, size_t, int)>("recv");
  const ssize_t received = next(descriptor, bytes, count, flags);
  if (received < 0 || !is_line(descriptor)) return received;
  bool is_cut = false;
  with_fault({"recv", On::network}, [&] {
    is_cut = fault() == "cut" && calls == wanted();
    return 0;
  });
  return is_cut ? cut(descriptor) : received;
}

int connect(int descriptor, const sockaddr* address, socklen_t length) {
  static const auto next = real<int (*)(int, const sockaddr*, socklen_t)>("connect");
  if (!is_internet(address)) return next(descriptor, address, length);
  bool is_cut = false;
  const int result = with_fault({"connect", On::network}, [&] {
    is_cut = fault() == "cut" && calls == wanted();
    return is_cut ? -1 : next(descriptor, address, length);
  });
  if (is_cut) errno = ECONNREFUSED;
  return result;
}

}  // extern "C"
