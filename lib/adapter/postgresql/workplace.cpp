#include "adapter/postgresql/workplace.hpp"

#include "support/text.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace pes::postgresql {

namespace {

/// Nothing when another process has it.
std::optional<FileDescriptor> locked(const std::filesystem::path& folder) {
  FileDescriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file.is_open() || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0) return std::nullopt;
  return file;
}

bool is_there(const std::filesystem::path& folder) {
  std::error_code unreachable;
  return std::filesystem::is_directory(folder, unreachable);
}

void remove_abandoned(const std::filesystem::path& parent) {
  std::error_code gone;
  std::filesystem::directory_iterator entry(parent, gone);
  for (; !gone && entry != std::filesystem::directory_iterator(); entry.increment(gone)) {
    // Until it is gone: another process must not take it for its own.
    const auto lock = locked(entry->path());
    if (!lock) continue;
    std::error_code left;
    std::filesystem::remove_all(entry->path(), left);
  }
}

}  // namespace

Workplace::~Workplace() {
  std::error_code left;
  if (lock_) std::filesystem::remove_all(path_, left);
}

std::filesystem::path Workplace::folder(const std::string& name) {
  const std::lock_guard alone(alone_);
  if (!lock_) open();
  make_directory(path_ / name);
  return path_ / name;
}

void Workplace::remove(const std::string& name) noexcept {
  const std::lock_guard alone(alone_);
  std::error_code left;
  if (lock_) std::filesystem::remove_all(path_ / name, left);
}

std::shared_ptr<const Copy> Workplace::copy(const std::string& name) {
  const std::lock_guard alone(alone_);
  const auto found = copies_.find(name);
  return found == copies_.end() ? nullptr : found->second.lock();
}

void Workplace::share(const std::shared_ptr<const Copy>& copy) {
  const std::lock_guard alone(alone_);
  copies_.insert_or_assign(copy->name(), copy);
}

/// Another thread may have made another copy meanwhile.
void Workplace::forget(const Copy& copy) noexcept {
  const std::lock_guard alone(alone_);
  const auto found = copies_.find(copy.name());
  if (found != copies_.end() && found->second.expired()) copies_.erase(found);
}

std::filesystem::path Workplace::place_of_copy() {
  const std::filesystem::path copies = folder("copies");
  const std::lock_guard alone(alone_);
  return copies / std::to_string(++made_);
}

void Workplace::open() {
  make_directories(parent_);
  remove_abandoned(parent_);
  while (true) {
    std::string path = (parent_ / "XXXXXX").native();
    if (::mkdtemp(path.data()) == nullptr) throw_io(tr("cannot write"), parent_, errno);
    lock_ = locked(path);
    path_ = path;
    // Another process may have taken it for abandoned in between.
    if (lock_ && is_there(path_)) return;
    lock_.reset();
  }
}

Copy::Copy(std::shared_ptr<Workplace> workplace, std::string name)
    : workplace_(std::move(workplace)),
      name_(std::move(name)),
      path_(workplace_->place_of_copy()) {}

Copy::~Copy() {
  ::unlink(path_.c_str());
  workplace_->forget(*this);
}

}  // namespace pes::postgresql
