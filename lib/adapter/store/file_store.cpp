#include "adapter/store/folder.hpp"
#include "adapter/store/held_dossier.hpp"
#include "adapter/store/lists.hpp"
#include "adapter/store/lock.hpp"
#include "adapter/store/name_claims.hpp"
#include "pes/adapters.hpp"
#include "record/home.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <utility>

namespace pes::store {

namespace {

class FileStore final : public port::Store {
 public:
  explicit FileStore(const std::filesystem::path& home)
      : dossiers_(record::dossiers_folder(home)),
        names_(dossiers_),
        journal_(make_file_journal(home)),
        lists_(std::make_shared<Lists>(home)) {
    record::require_home(home);
  }

  std::unique_ptr<port::HeldDossier> create(const DossierId& id, std::string_view command,
                                            std::uint64_t journal_position) override;
  std::unique_ptr<port::HeldDossier> hold(const DossierId& id, std::string_view command,
                                          std::uint64_t journal_position) override;
  [[nodiscard]] Dossier read(const DossierId& id) const override {
    return read_state(folder_of(dossiers_, id), id);
  }
  [[nodiscard]] DossierPage query(const DossierQuery& query) const override {
    return lists_->query(query);
  }
  [[nodiscard]] DueDossiers due(Instant now, std::size_t limit) const override {
    return lists_->due(now, limit);
  }
  void wait_for_news(Instant until, const std::function<bool()>& stop) override {
    lists_->wait_for_news(until, stop);
  }
  void visit(const std::function<void(const Dossier&)>& callback,
             const std::function<void(const DossierId&, const Error&)>& damaged) const override;
  [[nodiscard]] ReadableFile readable(const DossierId& id, const StoredFile& file) const override {
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
  std::shared_ptr<port::Journal> journal_;
  std::shared_ptr<Lists> lists_;
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
  auto held = std::make_unique<FileHeldDossier>(dossiers_, journal_, lists_, id, std::move(*lock),
                                                std::nullopt);
  held->sign_in(this_process(command, journal_position));
  return held;
}

std::unique_ptr<port::HeldDossier> FileStore::hold(const DossierId& id, std::string_view command,
                                                   std::uint64_t journal_position) {
  const std::filesystem::path folder = folder_of(dossiers_, id);
  auto lock = Lock::take(folder, id);
  if (!lock) throw unknown_dossier(id);
  const Dossier state = read_state(folder, id);
  auto held =
      std::make_unique<FileHeldDossier>(dossiers_, journal_, lists_, id, std::move(*lock), state);
  held->sign_in(this_process(command, journal_position));
  return held;
}

void FileStore::visit(const std::function<void(const Dossier&)>& callback,
                      const std::function<void(const DossierId&, const Error&)>& damaged) const {
  look_at_all(dossiers_, [&](const DossierId& id, const Look& look) {
    if (look.dossier) callback(*look.dossier);
    if (look.damage) damaged(id, *look.damage);
  });
}

}  // namespace

}  // namespace pes::store

namespace pes {

std::unique_ptr<port::Store> make_file_store(const std::filesystem::path& home) {
  return std::make_unique<store::FileStore>(home);
}

}  // namespace pes
