#include "adapter/journal/chain.hpp"
#include "adapter/journal/head.hpp"
#include "adapter/journal/journal_lock.hpp"
#include "adapter/journal/line_reader.hpp"
#include "adapter/journal/tail.hpp"
#include "adapter/journal/verification.hpp"
#include "pes/adapters.hpp"
#include "pes/error.hpp"
#include "record/home.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <mutex>
#include <tuple>
#include <utility>

namespace pes::journal {

namespace {

Error damaged(const std::string& message) {
  return {ErrorCode::journal_damaged, message, tr("restore this file from a backup")};
}

class FileJournal final : public port::Journal {
 public:
  explicit FileJournal(const std::filesystem::path& home)
      : home_(home),
        path_(record::journal_file(home)),
        head_(record::journal_folder(home) / "head") {
    record::require_home(home);
  }

  Event append(Event event) override;
  void continue_with(const std::vector<std::string>& lines) override;
  [[nodiscard]] std::uint64_t position() const override;
  std::uint64_t visit(std::uint64_t from,
                      const std::function<bool(const Event&)>& callback) const override;
  void visit_dossier(const DossierId& id, std::uint64_t first,
                     const std::function<bool(const Event&)>& callback) const override;
  [[nodiscard]] std::optional<Event> find(std::uint64_t id_j) const override;
  [[nodiscard]] std::vector<port::JournalFault> verify(
      std::vector<port::Witness> witnesses) const override;

 private:
  // Opened anew each time: an opening that lasts would be shared with the children of a
  // fork, and flock excludes openings, not processes.
  [[nodiscard]] FileDescriptor open(int flags) const;
  Tail sound_tail(const FileDescriptor& file);
  void add(const FileDescriptor& file, const std::string& lines, const Tail& then);
  [[nodiscard]] std::uint64_t position_before(std::uint64_t id_j) const;
  [[nodiscard]] record::Source source_of(std::uint64_t offset) const;
  [[nodiscard]] std::uint64_t line_number(std::uint64_t offset) const;

  std::filesystem::path home_;
  std::filesystem::path path_;
  std::filesystem::path head_;
  std::mutex appending_;
  Tail known_;  // as this object left it
};

FileDescriptor FileJournal::open(int flags) const {
  FileDescriptor file(::open(path_.c_str(), flags | O_CLOEXEC));
  if (file.is_open()) return file;
  // A home is made with an empty journal.
  if (errno == ENOENT) throw damaged(say("the journal {1} is missing", {path_.native()}));
  throw_io(tr("cannot open"), path_, errno);
}

Event FileJournal::append(Event event) {
  const std::lock_guard alone(appending_);
  const FileDescriptor file = open(O_RDWR | O_APPEND);
  const JournalLock lock(file, path_, JournalLock::Mode::append);
  if (const Residence residence = record::residence(home_); residence != Residence{}) {
    throw not_at_home(home_.native(), residence);
  }
  const Tail tail = sound_tail(file);

  event = chained(std::move(event), tail);
  add(file, event.line + "\n", after(tail, event));
  return event;
}

void FileJournal::continue_with(const std::vector<std::string>& lines) {
  const std::lock_guard alone(appending_);
  const FileDescriptor file = open(O_RDWR | O_APPEND);
  const JournalLock lock(file, path_, JournalLock::Mode::append);
  const Tail tail = sound_tail(file);
  if (!lines.empty()) add(file, join(lines, "\n") + "\n", after(tail, lines));
}

/// What the next line is chained to, once the end is known to be whole.
Tail FileJournal::sound_tail(const FileDescriptor& file) {
  const std::uint64_t size = file_size(file, path_);
  if (size != 0 && size == known_.end) return known_;
  Tail tail = read_tail(file, path_, size);
  const auto head = read_head(head_);
  if (head &&
      (head->id_j > tail.id_j || (head->id_j == tail.id_j && head->sha256 != tail.sha256))) {
    throw damaged(say("the journal {1} ends with event {2}, but event {3} was recorded",
                      {path_.native(), std::to_string(tail.id_j), std::to_string(head->id_j)}));
  }
  if (tail.end < size) set_aside_incomplete_line(file, path_, tail, size);
  return tail;
}

void FileJournal::add(const FileDescriptor& file, const std::string& lines, const Tail& then) {
  try {
    write_all(file.get(), lines, path_);
    if (::fsync(file.get()) != 0) throw_io(tr("cannot write"), path_, errno);
  } catch (const Error&) {
    // Should this fail too, the incomplete line is set aside by the next append.
    std::ignore = ::ftruncate(file.get(), static_cast<off_t>(then.end - lines.size()));
    throw;
  }
  known_ = then;
  write_head(head_, {.id_j = then.id_j, .sha256 = then.sha256});
}

std::uint64_t FileJournal::position() const {
  const FileDescriptor file = open(O_RDONLY);
  const std::uint64_t end = end_of_complete_lines(file, path_, file_size(file, path_));
  // A position that is kept elsewhere must not outlive, in a power cut, what it points after.
  if (::fsync(file.get()) != 0) throw_io(tr("cannot write"), path_, errno);
  return end;
}

std::uint64_t FileJournal::visit(std::uint64_t from,
                                 const std::function<bool(const Event&)>& callback) const {
  const FileDescriptor file = open(O_RDONLY);
  const std::uint64_t size = file_size(file, path_);
  if (from > size || end_of_complete_lines(file, path_, from) != from) {
    throw damaged(say("no line of {1} begins at position {2}, where one was due",
                      {path_.native(), std::to_string(from)}));
  }
  LineReader reader(file, path_, from, size);
  std::optional<Tail> before;
  if (from == 0) before.emplace();
  while (const auto line = reader.next()) {
    const Event event = read_line(*line, source_of(line->offset));
    if (before && (event.id_j != before->id_j + 1 || event.previous != before->sha256)) {
      throw damaged(
          say("{1} does not follow the line before it", {source_of(line->offset).name()}));
    }
    before = {.id_j = event.id_j, .sha256 = event.sha256};
    if (!callback(event)) break;
  }
  return reader.position();
}

/// A line that only speaks of the dossier is read too, and passed over.
void FileJournal::visit_dossier(const DossierId& id, std::uint64_t first,
                                const std::function<bool(const Event&)>& callback) const {
  const std::string named = fill("\"{1}\"", {id.text()});
  const std::boyer_moore_horspool_searcher is_named(named.begin(), named.end());
  const FileDescriptor file = open(O_RDONLY);
  LineReader reader(file, path_, position_before(first), file_size(file, path_));
  while (const auto line = reader.next()) {
    const auto place = std::search(line->bytes.begin(), line->bytes.end(), is_named);
    if (place == line->bytes.end() && !line->too_long) continue;
    const Event event = read_line(*line, source_of(line->offset));
    const bool is_wanted = event.id_d == id && event.id_j >= first;
    if (is_wanted && !callback(event)) return;
  }
}

/// Where a line begins, little before that event or at it. Numbers only grow: halves of the journal
/// are left aside.
std::uint64_t FileJournal::position_before(std::uint64_t id_j) const {
  constexpr std::uint64_t little = 65536;
  const FileDescriptor file = open(O_RDONLY);
  std::uint64_t before = 0;  // a line begins there, at or before the one that is wanted
  std::uint64_t after = file_size(file, path_);
  while (after - before > little) {
    const std::uint64_t middle = end_of_complete_lines(file, path_, before + (after - before) / 2);
    if (middle <= before) break;
    LineReader reader(file, path_, middle, after);
    const auto line = reader.next();
    if (!line || read_line(*line, source_of(line->offset)).id_j > id_j) {
      after = middle;
    } else {
      before = middle;
    }
  }
  return before;
}

std::optional<Event> FileJournal::find(std::uint64_t id_j) const {
  std::optional<Event> found;
  visit(position_before(id_j), [&](const Event& event) {
    if (event.id_j == id_j) found = event;
    return event.id_j < id_j;
  });
  return found;
}

record::Source FileJournal::source_of(std::uint64_t offset) const {
  return journal_source(
      [this, offset] { return path_.native() + ":" + std::to_string(line_number(offset)); });
}

/// Counted when an error is to be told: a visit that starts inside the journal has not
/// seen the lines before.
std::uint64_t FileJournal::line_number(std::uint64_t offset) const {
  const FileDescriptor file = open(O_RDONLY);
  LineReader reader(file, path_, 0, offset);
  std::uint64_t number = 1;
  while (reader.next()) ++number;
  return number;
}

std::vector<port::JournalFault> FileJournal::verify(std::vector<port::Witness> witnesses) const {
  const FileDescriptor file = open(O_RDONLY);
  std::uint64_t size = 0;
  {
    // An append under way is neither an incomplete line nor a head that is late.
    const JournalLock lock(file, path_, JournalLock::Mode::look);
    size = file_size(file, path_);
    if (const auto head = read_head(head_)) {
      witnesses.push_back(
          {.id_j = head->id_j, .sha256 = head->sha256, .source = tr("the file head")});
    }
  }
  Verification verification(std::move(witnesses));
  LineReader reader(file, path_, 0, size);
  for (std::uint64_t number = 1; const auto line = reader.next(); ++number) {
    verification.add(link_of(*line, number));
  }
  if (reader.position() < size) verification.add_incomplete_line();
  return verification.finish();
}

}  // namespace

}  // namespace pes::journal

namespace pes {

std::unique_ptr<port::Journal> make_file_journal(const std::filesystem::path& home) {
  return std::make_unique<journal::FileJournal>(home);
}

}  // namespace pes
