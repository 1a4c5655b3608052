#include "adapter/store/lock.hpp"

#include "pes/time.hpp"
#include "record/node.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>
#include <tuple>
#include <utility>

namespace pes::store {

namespace {

/// A sector, always the same: one record replaces another at once, without passing by an
/// empty file, which would forget an interruption.
constexpr std::size_t record_size = 512;

std::string to_record(Holder holder) {
  while (true) {
    const record::Json document = {{"pid", holder.pid},
                                   {"host", holder.host},
                                   {"command", holder.command},
                                   {"since", iso8601(holder.since)},
                                   {"journal_position", holder.journal_position}};
    std::string bytes = record::to_text(document, -1);
    if (bytes.size() < record_size) {
      bytes.resize(record_size - 1, ' ');
      return bytes + '\n';
    }
    holder.command.resize(holder.command.size() / 2);
  }
}

std::string read_record(const FileDescriptor& file, const std::filesystem::path& path) {
  std::string bytes(record_size, '\0');
  const ssize_t count = ::pread(file.get(), bytes.data(), bytes.size(), 0);
  if (count < 0) throw_io(tr("cannot read"), path, errno);
  bytes.resize(static_cast<std::size_t>(count));
  return bytes;
}

/// Nothing when the record is empty or not whole.
std::optional<Holder> parse_record(const std::string& bytes, const std::filesystem::path& path) {
  const record::Source source{.name = [&] { return path.native(); }};
  try {
    const record::Json document = record::parse_document(bytes, source);
    const record::Node root(document, source);
    return Holder{.pid = static_cast<std::int64_t>(root.at("pid").number()),
                  .host = root.at("host").text(),
                  .command = root.at("command").text(),
                  .since = root.at("since").instant(),
                  .journal_position = root.at("journal_position").number()};
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// False when the file was removed or replaced between its opening and its locking.
bool is_at(const FileDescriptor& file, const std::filesystem::path& path) {
  struct stat opened {};
  struct stat standing {};
  return ::fstat(file.get(), &opened) == 0 && ::stat(path.c_str(), &standing) == 0 &&
         opened.st_dev == standing.st_dev && opened.st_ino == standing.st_ino;
}

}  // namespace

Lock::Lock(std::filesystem::path path, FileDescriptor file)
    : path_(std::move(path)), file_(std::move(file)) {}

std::optional<Lock> Lock::take(const std::filesystem::path& folder, const DossierId& id) {
  constexpr int owner_only = 0600;
  // A record is empty for the instant in which a holder arrives or leaves; asking again
  // tells who it is, or finds the dossier free.
  constexpr int tries = 20;
  constexpr std::chrono::milliseconds pause{5};
  const std::filesystem::path path = folder / "lock";
  for (int remaining = tries; true; --remaining) {
    FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only));
    if (!file.is_open() && errno == ENOENT) return std::nullopt;
    if (!file.is_open()) throw_io(tr("cannot lock"), path, errno);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) {
      if (is_at(file, path)) return Lock(path, std::move(file));
      continue;
    }
    if (errno != EWOULDBLOCK && errno != EINTR) throw_io(tr("cannot lock"), path, errno);
    const auto holder = parse_record(read_record(file, path), path);
    if (holder || remaining <= 0) throw held_by(holder, id);
    std::this_thread::sleep_for(pause);
  }
}

std::optional<std::uint64_t> Lock::interrupted_since() const {
  const std::string bytes = read_record(file_, path_);
  if (bytes.empty()) return std::nullopt;
  // A power cut can leave a record that is not whole: then the whole journal is meant.
  const auto holder = parse_record(bytes, path_);
  return holder ? holder->journal_position : 0;
}

void Lock::write(const Holder& holder) {
  const std::string bytes = to_record(holder);
  const ssize_t count = ::pwrite(file_.get(), bytes.data(), bytes.size(), 0);
  if (count < 0) throw_io(tr("cannot write"), path_, errno);
  if (static_cast<std::size_t>(count) < bytes.size()) throw_io(tr("cannot write"), path_, ENOSPC);
  if (::fsync(file_.get()) != 0) throw_io(tr("cannot write"), path_, errno);
}

void Lock::clear() noexcept { std::ignore = ::ftruncate(file_.get(), 0); }

}  // namespace pes::store
