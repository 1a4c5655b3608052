#include "adapter/store/folder.hpp"
#include "adapter/store/held_dossier.hpp"
#include "adapter/store/lock.hpp"
#include "adapter/store/name_claims.hpp"
#include "pes/adapters.hpp"
#include "record/home.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <system_error>
#include <utility>

namespace pes::store {

namespace {

bool is_folder(const std::filesystem::path& path) {
  std::error_code unreachable;
  return std::filesystem::is_directory(path, unreachable);
}

class FileStore final : public port::Store {
 public:
  explicit FileStore(const std::filesystem::path& home)
      : dossiers_(record::dossiers_folder(home)), names_(dossiers_) {
    record::require_home(home);
  }

  std::unique_ptr<port::HeldDossier> create(const DossierId& id, std::string_view command,
                                            std::uint64_t journal_position) override;
  std::unique_ptr<port::HeldDossier> hold(const DossierId& id, std::string_view command,
                                          std::uint64_t journal_position) override;
  [[nodiscard]] Dossier read(const DossierId& id) const override {
    return read_state(folder_of(dossiers_, id), id);
  }
  void visit(const std::function<void(const Dossier&)>& callback,
             const std::function<void(const DossierId&, const Error&)>& damaged) const override;
  [[nodiscard]] std::filesystem::path path(const DossierId& id,
                                           const StoredFile& file) const override {
    return folder_of(dossiers_, id) / file.path;
  }
  std::optional<DossierId> claim(const FlowName& name, const DossierId& id,
                                 const std::optional<DossierId>& instead_of) override {
    return names_.claim(name, id, instead_of);
  }
  void let_go(const FlowName& name, const DossierId& id) override { names_.let_go(name, id); }

 private:
  std::filesystem::path dossiers_;
  NameClaims names_;
};

void require_no_state(const std::filesystem::path& folder, const DossierId& id) {
  if (!has_state(folder)) return;
  throw Error(ErrorCode::state_forbids, say("dossier {1} exists already", {id.text()}));
}

std::unique_ptr<port::HeldDossier> FileStore::create(const DossierId& id, std::string_view command,
                                                     std::uint64_t journal_position) {
  empty_bin(dossiers_);
  const std::filesystem::path folder = folder_of(dossiers_, id);
  make_directory(folder.parent_path());
  std::optional<Lock> lock;
  while (!lock) {
    make_directory(folder);
    require_no_state(folder, id);
    // Nothing when the folder was that of another creation, given up in between.
    lock = Lock::take(folder, id);
  }
  require_no_state(folder, id);
  auto held = std::make_unique<FileHeldDossier>(dossiers_, id, std::move(*lock), std::nullopt);
  held->sign_in(this_process(command, journal_position));
  return held;
}

std::unique_ptr<port::HeldDossier> FileStore::hold(const DossierId& id, std::string_view command,
                                                   std::uint64_t journal_position) {
  const std::filesystem::path folder = folder_of(dossiers_, id);
  auto lock = Lock::take(folder, id);
  if (!lock) throw unknown_dossier(id);
  const Dossier state = read_state(folder, id);
  auto held = std::make_unique<FileHeldDossier>(dossiers_, id, std::move(*lock), state);
  held->sign_in(this_process(command, journal_position));
  return held;
}

/// Case may not count where the home is: two spellings can be one folder.
bool is_at(const std::filesystem::path& folder, const std::filesystem::path& place) {
  std::error_code elsewhere;
  return std::filesystem::equivalent(folder, place, elsewhere);
}

std::optional<Dossier> read_visited(
    const std::filesystem::path& folder, const DossierId& id,
    const std::function<void(const DossierId&, const Error&)>& damaged) {
  try {
    return read_state(folder, id);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::dossier_unknown) {
      damaged(id, error);
    } else if (has_lost_its_state(folder)) {
      damaged(id, Error(ErrorCode::state_damaged,
                        say("{1} does not hold the state of its dossier", {folder.native()}),
                        tr("restore dossier.json from a backup")));
    }
  }
  return std::nullopt;
}

void FileStore::visit(const std::function<void(const Dossier&)>& callback,
                      const std::function<void(const DossierId&, const Error&)>& damaged) const {
  for (const auto& shelf : entries_of(dossiers_)) {
    if (!is_folder(shelf)) continue;
    for (const auto& folder : entries_of(shelf)) {
      const auto id = DossierId::parse(folder.filename().native());
      if (!id || !is_at(folder, folder_of(dossiers_, *id))) continue;
      if (const auto dossier = read_visited(folder, *id, damaged)) callback(*dossier);
    }
  }
}

}  // namespace

}  // namespace pes::store

namespace pes {

std::unique_ptr<port::Store> make_file_store(const std::filesystem::path& home) {
  return std::make_unique<store::FileStore>(home);
}

}  // namespace pes
