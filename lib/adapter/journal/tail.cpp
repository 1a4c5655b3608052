#include "adapter/journal/tail.hpp"

#include "crypto/digest.hpp"
#include "record/event.hpp"
#include "support/text.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace pes::journal {

namespace {

std::string read_range(const FileDescriptor& file, const std::filesystem::path& path,
                       std::uint64_t begin, std::uint64_t end) {
  std::string bytes(end - begin, '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t count = ::pread(file.get(), bytes.data() + have, bytes.size() - have,
                                  static_cast<off_t>(begin + have));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_io(tr("cannot read"), path, errno);
    if (count == 0) throw_io(tr("cannot read"), path, EIO);
    have += static_cast<std::size_t>(count);
  }
  return bytes;
}

void require_length_of_a_line(std::uint64_t length, const std::filesystem::path& path) {
  if (length <= longest_line) return;
  throw Error(ErrorCode::journal_damaged,
              say("the last line of {1} is longer than {2} bytes",
                  {path.native(), std::to_string(longest_line)}),
              tr("restore this file from a backup"));
}

}  // namespace

std::uint64_t file_size(const FileDescriptor& file, const std::filesystem::path& path) {
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) throw_io(tr("cannot read"), path, errno);
  return static_cast<std::uint64_t>(facts.st_size);
}

std::uint64_t end_of_complete_lines(const FileDescriptor& file, const std::filesystem::path& path,
                                    std::uint64_t end) {
  constexpr std::uint64_t block = 65536;
  while (end > 0) {
    const std::uint64_t begin = end - std::min(end, block);
    const std::size_t feed = read_range(file, path, begin, end).rfind('\n');
    if (feed != std::string::npos) return begin + feed + 1;
    end = begin;
  }
  return 0;
}

Tail read_tail(const FileDescriptor& file, const std::filesystem::path& path, std::uint64_t size) {
  const std::uint64_t end = end_of_complete_lines(file, path, size);
  if (end == 0) return {};
  const std::uint64_t begin = end_of_complete_lines(file, path, end - 1);
  require_length_of_a_line(end - begin, path);
  const record::Source source{.name = [&] { return say("the last line of {1}", {path.native()}); },
                              .damaged = ErrorCode::journal_damaged,
                              .newer = ErrorCode::journal_newer};
  const Event last = record::read_event(read_range(file, path, begin, end - 1), source);
  return {.id_j = last.id_j, .sha256 = last.sha256, .end = end};
}

void set_aside_incomplete_line(const FileDescriptor& file, const std::filesystem::path& path,
                               const Tail& tail, std::uint64_t size) {
  require_length_of_a_line(size - tail.end, path);
  const std::string rest = read_range(file, path, tail.end, size);
  // The digest makes a second run of this function, after a crash here, write the same file.
  const std::string name = fill("truncated-{1}-{2}.part", {std::to_string(tail.id_j + 1),
                                                           crypto::sha256_hex(rest).substr(0, 16)});
  replace_file(path.parent_path() / name, rest);
  if (::ftruncate(file.get(), static_cast<off_t>(tail.end)) != 0 || ::fsync(file.get()) != 0) {
    throw_io(tr("cannot write"), path, errno);
  }
}

}  // namespace pes::journal
