#include "adapter/journal/journal_lock.hpp"
#include "pes/adapters.hpp"
#include "pes/retours.hpp"
#include "record/home.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>

#include <cerrno>
#include <utility>

namespace pes {

namespace {

class FileRecords final : public port::Records {
 public:
  explicit FileRecords(std::filesystem::path home) : home_(std::move(home)) {
    record::require_home(home_);
  }

  [[nodiscard]] std::string name() const override {
    return std::filesystem::weakly_canonical(home_).native();
  }
  std::unique_ptr<port::Store> store() override { return make_file_store(home_); }
  std::unique_ptr<port::Journal> journal() override { return make_file_journal(home_); }
  std::unique_ptr<port::Stamps> stamps() override { return make_file_stamps(home_); }
  std::unique_ptr<port::Retours> retours() override { return make_file_retours(home_); }

  [[nodiscard]] Residence residence() const override { return record::residence(home_); }

  /// With the journal locked: nobody is in the middle of it.
  bool change_residence(const Residence& before, const Residence& after) override {
    const std::filesystem::path path = record::journal_file(home_);
    const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    if (!file.is_open()) throw_io(tr("cannot open"), path, errno);
    const journal::JournalLock lock(file, path, journal::JournalLock::Mode::append);
    if (record::residence(home_) != before) return false;
    record::set_residence(home_, after);
    return true;
  }

 private:
  std::filesystem::path home_;
};

}  // namespace

std::unique_ptr<port::Records> open_file_records(const std::filesystem::path& home) {
  return std::make_unique<FileRecords>(home);
}

}  // namespace pes
