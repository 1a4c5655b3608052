#include "adapter/retours/retour_id.hpp"
#include "pes/retours.hpp"
#include "record/home.hpp"
#include "record/retour.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <stdlib.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <system_error>
#include <utility>

namespace pes::retours {

namespace {

constexpr std::size_t largest_record = 1U << 16U;
constexpr const char* record_name = "retour.json";
constexpr const char* bytes_name = "retour.xml";

/// A folder being filled beside its final place; it goes with this object unless it got its name.
class PendingFolder {
 public:
  explicit PendingFolder(const std::filesystem::path& parent) : parent_(parent) {
    std::string place = (parent / ".new-XXXXXX").native();
    if (::mkdtemp(place.data()) == nullptr) throw_io(tr("cannot write"), parent, errno);
    path_ = place;
  }
  PendingFolder(const PendingFolder&) = delete;
  PendingFolder& operator=(const PendingFolder&) = delete;
  ~PendingFolder() {
    std::error_code left;
    if (!path_.empty()) std::filesystem::remove_all(path_, left);
  }

  void add(const char* name, std::string_view bytes) const { replace_file(path_ / name, bytes); }

  /// False when there is a folder of that name already.
  bool commit(const std::string& name) {
    const std::filesystem::path place = parent_ / name;
    if (::rename(path_.c_str(), place.c_str()) != 0) {
      if (errno == EEXIST || errno == ENOTEMPTY) return false;
      throw_io(tr("cannot write"), place, errno);
    }
    path_.clear();
    sync_directory(parent_);
    return true;
  }

 private:
  std::filesystem::path parent_;
  std::filesystem::path path_;
};

class FileRetours final : public port::Retours {
 public:
  explicit FileRetours(const std::filesystem::path& home) : folder_(record::retours_folder(home)) {
    record::require_home(home);
  }

  bool keep(const port::Retour& retour, std::string_view bytes) override {
    require_id(retour.id);
    make_directory(folder_);
    remove_abandoned();
    if (is_kept(retour.id)) return false;
    PendingFolder pending(folder_);
    pending.add(bytes_name, bytes);
    pending.add(record_name, record::write_retour(retour));
    return pending.commit(retour.id);
  }

  [[nodiscard]] port::Retour read(std::string_view id) const override {
    if (!is_id(id) || !is_kept(std::string(id))) throw unknown(id);
    const std::filesystem::path file = folder_ / id / record_name;
    port::Retour retour = record::read_retour(read_file(file, largest_record),
                                              {.name = [&] { return file.native(); }});
    if (retour.id == id) return retour;
    throw Error(ErrorCode::state_damaged,
                say("{1} does not hold the record of its PES Retour", {file.native()}),
                tr("restore this file from a backup"));
  }

  void visit(const std::function<void(const port::Retour&)>& callback,
             const std::function<void(const std::string&, const Error&)>& damaged) const override {
    for (const std::string& id : names()) {
      if (!is_id(id)) continue;
      std::optional<port::Retour> retour;
      try {
        retour = read(id);
      } catch (const Error& error) {
        damaged(id, error);
        continue;
      }
      callback(*retour);
    }
  }

  [[nodiscard]] std::vector<port::Retour> beginning_with(std::string_view id_prefix,
                                                         std::size_t most) const override {
    std::vector<port::Retour> found;
    for (const std::string& id : names()) {
      if (found.size() == most) break;
      if (!is_id(id) || !id.starts_with(id_prefix)) continue;
      try {
        found.push_back(read(id));
      } catch (const Error&) {
        continue;
      }
    }
    return found;
  }

  [[nodiscard]] ReadableFile readable(const port::Retour& retour) const override {
    return folder_ / retour.id / bytes_name;
  }

 private:
  [[nodiscard]] bool is_kept(const std::string& id) const {
    std::error_code unreachable;
    return std::filesystem::is_directory(folder_ / id, unreachable);
  }

  /// A home has no folder of theirs before the first one.
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> found;
    std::error_code failure;
    std::filesystem::directory_iterator entry(folder_, failure);
    if (failure == std::errc::no_such_file_or_directory) return found;
    while (!failure && entry != std::filesystem::directory_iterator()) {
      found.push_back(entry->path().filename().native());
      entry.increment(failure);
    }
    if (failure) throw_io(tr("cannot read"), folder_, failure.value());
    return found;
  }

  /// What a process that died left; one that is alive takes a moment.
  void remove_abandoned() const {
    constexpr auto long_enough = std::chrono::hours(1);
    for (const std::string& name : names()) {
      if (!name.starts_with(".new-")) continue;
      std::error_code gone;
      const auto made = std::filesystem::last_write_time(folder_ / name, gone);
      const bool is_old = std::filesystem::file_time_type::clock::now() - made > long_enough;
      if (!gone && is_old) std::filesystem::remove_all(folder_ / name, gone);
    }
  }

  std::filesystem::path folder_;
};

}  // namespace

}  // namespace pes::retours

namespace pes {

std::unique_ptr<port::Retours> make_file_retours(const std::filesystem::path& home) {
  return std::make_unique<retours::FileRetours>(home);
}

}  // namespace pes
