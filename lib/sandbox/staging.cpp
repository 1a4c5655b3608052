#include "sandbox/staging.hpp"

#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <system_error>

namespace pes::sandbox {
namespace {

constexpr int owner_only = 0600;

}  // namespace

Staging::Staging(const std::filesystem::path& incoming) {
  std::string pattern = (incoming / "XXXXXX").native();
  if (::mkdtemp(pattern.data()) == nullptr) throw_io(tr("cannot make"), pattern, errno);
  path_ = pattern;
}

Staging::~Staging() {
  std::error_code ignored;  // what stays is swept later
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

bool Staging::publish(const std::filesystem::path& place) {
  sync_directory(path_);
  if (std::rename(path_.c_str(), place.c_str()) != 0) {
    if (errno == ENOTEMPTY || errno == EEXIST) return false;
    throw_io(tr("cannot write"), place, errno);
  }
  path_.clear();
  sync_directory(place.parent_path());
  return true;
}

StagedFile::StagedFile(std::filesystem::path path)
    : path_(std::move(path)),
      file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only)) {
  if (!file_.is_open()) throw_io(tr("cannot write"), path_, errno);
}

void StagedFile::write(std::string_view bytes) { write_all(file_.get(), bytes, path_); }

void StagedFile::finish() {
  if (::fsync(file_.get()) != 0) throw_io(tr("cannot write"), path_, errno);
  file_.close(path_);
}

void sweep(const std::filesystem::path& incoming) {
  const auto limit = std::filesystem::file_time_type::clock::now() - std::chrono::days(1);
  std::error_code ignored;  // another process may be sweeping too
  for (const auto& left : std::filesystem::directory_iterator(incoming, ignored)) {
    const auto changed = left.last_write_time(ignored);
    if (!ignored && changed < limit) std::filesystem::remove_all(left.path(), ignored);
  }
}

}  // namespace pes::sandbox
