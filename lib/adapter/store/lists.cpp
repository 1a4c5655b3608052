#include "adapter/store/lists.hpp"

#include "adapter/store/folder.hpp"
#include "pes/adapters.hpp"
#include "pes/error.hpp"
#include "record/home.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

namespace pes::store {

namespace {

/// Whoever uses the index shares it; whoever throws it away is alone.
class Use {
 public:
  enum class Kind { shared, alone };

  Use(const std::filesystem::path& folder, Kind kind)
      : file_(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (!file_.is_open()) throw_io(tr("cannot open"), folder / "lock", errno);
    give_to_owner_of(folder, file_);
    const int operation = kind == Kind::shared ? LOCK_SH : LOCK_EX | LOCK_NB;
    while (::flock(file_.get(), operation) != 0) {
      if (errno == EINTR) continue;
      throw_io(tr("cannot lock"), folder / "lock", errno);
    }
  }

 private:
  FileDescriptor file_;
};

/// Nothing when there is none.
std::optional<ino_t> inode_of(const std::filesystem::path& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0) return std::nullopt;
  return facts.st_ino;
}

void make_folder(const std::filesystem::path& folder) {
  if (inode_of(folder)) return;
  make_directory(folder);
  const FileDescriptor made(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  give_to_owner_of(folder.parent_path(), made);
}

/// The database, and what SQLite keeps beside it.
constexpr std::array suffixes = {"", "-wal", "-shm"};

void remove_index(const std::filesystem::path& file) {
  for (const char* suffix : suffixes) {
    std::error_code absent;
    std::filesystem::remove(file.native() + suffix, absent);
  }
}

/// Those of machines that were not here for a month: a container may have another name each day.
void remove_abandoned(const std::filesystem::path& folder) {
  constexpr auto long_enough = std::chrono::hours(24 * 30);
  const auto oldest = std::filesystem::file_time_type::clock::now() - long_enough;
  std::error_code gone;
  std::filesystem::directory_iterator entry(folder, gone);
  for (; !gone && entry != std::filesystem::directory_iterator(); entry.increment(gone)) {
    const std::filesystem::path file = entry->path();
    if (file.extension() != ".sqlite") continue;
    const auto was_used = [&](const char* suffix) {
      std::error_code absent;
      const auto written = std::filesystem::last_write_time(file.native() + suffix, absent);
      return !absent && written > oldest;
    };
    if (std::ranges::none_of(suffixes, was_used)) remove_index(file);
  }
}

/// SQLite's own file and those beside it cannot be shared between machines: each has its own.
std::string file_of_this_machine() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  std::string name = host.data();
  std::replace(name.begin(), name.end(), '/', '-');
  return name + ".sqlite";
}

/// What the index knows was wrong; it has been told what is right.
using Corrected = bool;

Corrected take_into(DossierPage& page, Index& index, const DossierId& id, Look look) {
  if (look.dossier) {
    const Corrected corrected = index.put(*look.dossier);
    page.dossiers.push_back(std::move(*look.dossier));
    return corrected;
  }
  if (look.damage) {
    index.put_damaged(id);
  } else {
    index.remove(id);
  }
  return true;
}

/// Those that could not be read when they were last looked at, looked at again.
std::vector<std::pair<DossierId, Error>> damaged(Index& index,
                                                 const std::filesystem::path& dossiers) {
  std::vector<std::pair<DossierId, Error>> result;
  for (const DossierId& id : index.damaged()) {
    const Look look = look_at(dossiers, id);
    if (look.damage) {
      result.emplace_back(id, *look.damage);
    } else if (look.dossier) {
      index.put(*look.dossier);
    } else {
      index.remove(id);
    }
  }
  return result;
}

}  // namespace

Lists::Lists(std::filesystem::path home)
    : dossiers_(record::dossiers_folder(home)),
      folder_(record::index_folder(home)),
      file_(folder_ / file_of_this_machine()),
      journal_file_(record::journal_file(home)),
      journal_(make_file_journal(home)) {}

template <typename Ask>
auto Lists::asked(Ask ask) {
  const std::lock_guard alone(alone_);
  constexpr int tries = 2;
  for (int rank = 0; rank < tries; ++rank) {
    try {
      make_folder(folder_);
      const Use use(folder_, Use::Kind::shared);
      catch_up(opened());
      return ask(*index_);
    } catch (const DatabaseFailure& failure) {
      index_.reset();
      if (!failure.is_damage()) break;
      throw_away();
    } catch (const Error& error) {
      // A home that is only read, a full disk, a journal that is damaged: none of them prevents
      // from reading the states.
      index_.reset();
      if (error.code() == ErrorCode::internal) throw;
      break;
    }
  }
  try {
    Index in_memory{std::filesystem::path()};
    look_at_all(dossiers_, [&](const DossierId& id, const Look& look) {
      if (look.dossier) in_memory.put(*look.dossier);
      if (look.damage) in_memory.put_damaged(id);
    });
    return ask(in_memory);
  } catch (const DatabaseFailure& failure) {
    throw Error(ErrorCode::internal, tr("the dossiers cannot be listed"), {}, failure.what());
  }
}

std::optional<Error> Lists::trouble() {
  const std::lock_guard alone(alone_);
  try {
    make_folder(folder_);
    const Use use(folder_, Use::Kind::shared);
    catch_up(opened());
    return std::nullopt;
  } catch (const DatabaseFailure& failure) {
    return Error(ErrorCode::io_failed, say("{1} cannot be used", {file_.native()}), {},
                 failure.what());
  } catch (const Error& error) {
    return error;
  }
}

DossierPage Lists::query(const DossierQuery& query) {
  return asked([&](Index& index) {
    // A page whose states are not what the index says is asked for again: others may belong on it.
    constexpr int rounds = 3;
    DossierPage page;
    for (int round = 0; round < rounds; ++round) {
      page = {};
      Corrected corrected = false;
      page.damaged = damaged(index, dossiers_);
      for (const DossierId& id : index.ids(query)) {
        corrected = take_into(page, index, id, look_at(dossiers_, id)) || corrected;
      }
      page.total = index.count(query);
      if (!corrected) break;
    }
    return page;
  });
}

DueDossiers Lists::due(Instant now, std::size_t limit) {
  const std::uint64_t size = journal_size();  // before it is read
  return asked([&](Index& index) {
    DueDossiers result{.ids = due_in(index, now, limit), .damaged = damaged(index, dossiers_)};
    known_size_ = size;
    next_date_ = index.next_date(now);
    // Of those that were held when they were looked at, no further event may come: their state
    // follows the event that was seen.
    constexpr std::chrono::seconds pause{1};
    if (!index.awaited().empty()) {
      const auto soon = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
      next_date_ = std::min(next_date_.value_or(Instant::max()), soon + pause);
    }
    return result;
  });
}

/// As the states have it: a row that is late makes room for another.
std::vector<DossierId> Lists::due_in(Index& index, Instant now, std::size_t limit) const {
  std::vector<DossierId> ids;
  Corrected corrected = true;
  while (corrected && ids.size() < limit) {
    corrected = false;
    ids.clear();
    for (const DossierId& id : index.due(now, limit)) {
      DossierPage seen;
      corrected = take_into(seen, index, id, look_at(dossiers_, id)) || corrected;
      if (seen.dossiers.empty()) continue;
      const auto& job = seen.dossiers.front().job;
      if (job && is_due(*job, now)) ids.push_back(id);
    }
  }
  return ids;
}

std::uint64_t Lists::journal_size() const {
  std::error_code absent;
  const auto size = std::filesystem::file_size(journal_file_, absent);
  return absent ? 0 : size;
}

/// The journal is looked at, not watched: on a home that machines share, no other way works.
void Lists::wait_for_news(Instant until, const std::function<bool()>& stop) {
  constexpr std::chrono::milliseconds slice{100};
  const auto known = [this] {
    const std::lock_guard alone(alone_);
    return std::pair(known_size_, next_date_.value_or(Instant::max()));
  }();
  const Instant end = std::min(until, known.second);
  while (std::chrono::system_clock::now() < end && !stop() && journal_size() == known.first) {
    std::this_thread::sleep_for(slice);
  }
}

void Lists::note(const Dossier& dossier) noexcept {
  const std::lock_guard alone(alone_);
  try {
    if (!inode_of(file_)) return;
    const Use use(folder_, Use::Kind::shared);
    opened().put(dossier);
  } catch (const std::exception&) {
    index_.reset();  // whose statements stand in the middle of something
  }
}

Index& Lists::opened() {
  if (index_ && inode_of(file_) == inode_) return *index_;
  index_.reset();
  index_ = std::make_unique<Index>(file_);
  inode_ = inode_of(file_).value_or(0);
  return *index_;
}

void Lists::throw_away() {
  try {
    const Use use(folder_, Use::Kind::alone);
    remove_index(file_);
  } catch (const Error&) {
    return;  // somebody uses it now: what is asked is found without it
  }
}

void Lists::catch_up(Index& index) {
  constexpr int tries = 2;
  for (int rank = 1; true; ++rank) {
    try {
      if (!index.watermark()) rebuild(index);
      while (has_news(index) && read_news(index)) {
      }
      return;
    } catch (const Error& error) {
      // The journal is not the one that it was, or nothing can be read of its news.
      if (error.code() != ErrorCode::journal_damaged || rank == tries) throw;
      index.clear();
    }
  }
}

/// Without writing, which would keep others from it.
bool Lists::has_news(Index& index) const {
  if (!index.awaited().empty()) return true;
  bool has_news = false;
  journal_->visit(index.watermark().value_or(Watermark{}).position, [&](const Event&) {
    has_news = true;
    return false;
  });
  return has_news;
}

/// @return whether there may be more
bool Lists::read_news(Index& index) const {
  constexpr std::size_t at_once = 20'000;
  Transaction alone(index.database());
  Watermark mark = index.watermark().value_or(Watermark{});
  const std::vector<DossierId> awaited = index.awaited();
  std::set<DossierId> changed(awaited.begin(), awaited.end());
  std::size_t seen = 0;
  mark.position = journal_->visit(mark.position, [&](const Event& event) {
    if (seen == 0 && !mark.sha256.empty() && event.previous != mark.sha256) {
      throw Error(ErrorCode::journal_damaged, tr("the journal is not the one that was indexed"));
    }
    if (event.change && !event.id_d.empty()) changed.insert(event.id_d);
    mark.sha256 = event.sha256;
    return ++seen < at_once;
  });
  for (const DossierId& id : changed) refresh(index, id);
  index.set_watermark(mark);
  alone.commit();
  return seen == at_once;
}

void Lists::rebuild(Index& index) const {
  Transaction alone(index.database());
  if (index.watermark()) return;  // another process has just done it
  // First: what is journaled while the states are read is news afterwards.
  const Watermark mark{.position = journal_->position(), .sha256 = {}};
  remove_abandoned(folder_);
  index.clear();
  look_at_all(dossiers_, [&](const DossierId& id, const Look& look) {
    if (look.dossier) index.put(*look.dossier);
    if (look.damage) index.put_damaged(id);
    if (look.was_held) index.await(id);
  });
  index.set_watermark(mark);
  alone.commit();
}

void Lists::refresh(Index& index, const DossierId& id) const {
  const Look look = look_at(dossiers_, id);
  if (look.dossier) {
    index.put(*look.dossier);
  } else if (look.damage) {
    index.put_damaged(id);
  } else {
    index.remove(id);
  }
  if (look.was_held) {
    index.await(id);
  } else {
    index.stop_awaiting(id);
  }
}

}  // namespace pes::store

namespace pes {

std::optional<Error> index_trouble(const std::filesystem::path& home) {
  return store::Lists(home).trouble();
}

}  // namespace pes
