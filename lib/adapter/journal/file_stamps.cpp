#include "adapter/journal/journal_lock.hpp"
#include "adapter/journal/line_reader.hpp"
#include "adapter/journal/tail.hpp"
#include "pes/adapters.hpp"
#include "pes/error.hpp"
#include "record/home.hpp"
#include "record/stamp.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <tuple>
#include <utility>

namespace pes::journal {

namespace {

class FileStamps final : public port::Stamps {
 public:
  explicit FileStamps(const std::filesystem::path& home)
      : path_(record::journal_folder(home) / "stamps.jsonl") {
    record::require_home(home);
  }

  void keep(const port::Stamp& stamp) override {
    const FileDescriptor file = open(O_RDWR | O_APPEND | O_CREAT);
    const JournalLock lock(file, path_, JournalLock::Mode::append);
    const std::uint64_t size = file_size(file, path_);
    const std::uint64_t end = end_of_complete_lines(file, path_, size);
    const auto before = last_of(file, end);
    if (before && stamp.id_j <= before->id_j) return;
    // What follows the last line was never acknowledged; the stamp is asked for again.
    if (end < size && ::ftruncate(file.get(), static_cast<off_t>(end)) != 0) {
      throw_io(tr("cannot write"), path_, errno);
    }
    write_line(file, record::write_stamp(stamp) + "\n", end);
    if (size == 0) sync_directory(path_.parent_path());
  }

  [[nodiscard]] std::optional<port::Stamp> last() const override {
    const FileDescriptor file = open(O_RDONLY);
    if (!file.is_open()) return std::nullopt;
    return last_of(file, end_of_complete_lines(file, path_, file_size(file, path_)));
  }

  void visit(std::uint64_t from,
             const std::function<bool(const port::Stamp&)>& callback) const override {
    const FileDescriptor file = open(O_RDONLY);
    if (!file.is_open()) return;
    const std::uint64_t size = file_size(file, path_);
    LineReader reader(file, path_, from == 0 ? 0 : begin_of(file, size, from), size);
    while (const auto line = reader.next()) {
      const port::Stamp stamp = read(file, *line);
      if (stamp.id_j >= from && !callback(stamp)) return;
    }
  }

 private:
  /// A home whose events were never stamped has no such file.
  [[nodiscard]] FileDescriptor open(int flags) const {
    constexpr int owner_only = 0600;
    FileDescriptor file(::open(path_.c_str(), flags | O_CLOEXEC, owner_only));
    const bool is_absent = !file.is_open() && errno == ENOENT && (flags & O_CREAT) == 0;
    if (!file.is_open() && !is_absent) throw_io(tr("cannot open"), path_, errno);
    return file;
  }

  [[nodiscard]] std::optional<port::Stamp> last_of(const FileDescriptor& file,
                                                   std::uint64_t end) const {
    if (end == 0) return std::nullopt;
    LineReader reader(file, path_, end_of_complete_lines(file, path_, end - 1), end);
    return read(file, *reader.next());
  }

  /// The beginning of a line after which that of event `from` stands, by halves: they are kept in
  /// their order.
  [[nodiscard]] std::uint64_t begin_of(const FileDescriptor& file, std::uint64_t size,
                                       std::uint64_t from) const {
    constexpr std::uint64_t read_at_once = 65536;
    std::uint64_t begin = 0;
    std::uint64_t end = end_of_complete_lines(file, path_, size);
    while (end - begin > read_at_once) {
      const std::uint64_t half = end_of_complete_lines(file, path_, begin + (end - begin) / 2);
      LineReader reader(file, path_, half, end);
      if (read(file, *reader.next()).id_j >= from) {
        end = half;
      } else {
        begin = reader.position();
      }
    }
    return begin;
  }

  [[nodiscard]] port::Stamp read(const FileDescriptor& file, const Line& line) const {
    const auto name = [&] {
      return path_.native() + ":" + std::to_string(number_of(file, line.offset));
    };
    return record::read_stamp(
        line.bytes,
        {.name = name, .damaged = ErrorCode::journal_damaged, .newer = ErrorCode::journal_newer});
  }

  [[nodiscard]] std::uint64_t number_of(const FileDescriptor& file, std::uint64_t offset) const {
    std::uint64_t number = 1;
    for (LineReader reader(file, path_, 0, offset); reader.next();) ++number;
    return number;
  }

  void write_line(const FileDescriptor& file, const std::string& line, std::uint64_t end) const {
    try {
      write_all(file.get(), line, path_);
      if (::fsync(file.get()) != 0) throw_io(tr("cannot write"), path_, errno);
    } catch (const Error&) {
      // Should this fail too, the incomplete line is cut by the next writer.
      std::ignore = ::ftruncate(file.get(), static_cast<off_t>(end));
      throw;
    }
  }

  std::filesystem::path path_;
};

}  // namespace

}  // namespace pes::journal

namespace pes {

std::unique_ptr<port::Stamps> make_file_stamps(const std::filesystem::path& home) {
  return std::make_unique<journal::FileStamps>(home);
}

}  // namespace pes
