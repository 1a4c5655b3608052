#pragma once

#include "adapter/store/lists.hpp"
#include "adapter/store/lock.hpp"
#include "pes/port/journal.hpp"
#include "pes/port/store.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace pes::store {

/// A dossier of the file store, held until the object goes.
///
/// Its end clears the lock's record, unless the journal may have events that no state has:
/// those of a dead holder, not saved since, or ours when `save` failed. The record then
/// stays, and the next holder is told of the interruption.
class FileHeldDossier final : public port::HeldDossier {
 public:
  /// @param state nothing for a place that has none yet: it goes when none is saved
  /// @param lists told of what no event tells
  FileHeldDossier(std::filesystem::path dossiers, std::shared_ptr<port::Journal> journal,
                  std::shared_ptr<Lists> lists, const DossierId& id, Lock lock,
                  const std::optional<Dossier>& state);
  FileHeldDossier(const FileHeldDossier&) = delete;
  FileHeldDossier& operator=(const FileHeldDossier&) = delete;
  ~FileHeldDossier() override;

  /// Tells the others, and the next holder should this one die, who holds the dossier.
  void sign_in(Holder holder);

  [[nodiscard]] const Dossier& dossier() const override { return dossier_; }
  [[nodiscard]] std::optional<std::uint64_t> interrupted_since() const override {
    return interrupted_since_;
  }
  StoredFile keep(std::string_view field, std::string_view name,
                  const std::filesystem::path& source) override;
  StoredFile keep_bytes(std::string_view field, std::string_view name,
                        std::string_view bytes) override;
  std::filesystem::path scratch(std::string_view name) override;
  StoredFile keep_scratch(std::string_view field, std::string_view name,
                          const std::filesystem::path& scratch) override;
  void record(Dossier& dossier, Event event) override;
  void save(const Dossier& dossier) override;
  [[nodiscard]] bool owes_save() const override { return owes_save_; }
  void erase() override;

 private:
  enum class Place { without_state, with_state, erased };

  void require_present() const;
  void discard() noexcept;

  std::filesystem::path dossiers_;
  std::shared_ptr<port::Journal> journal_;
  std::shared_ptr<Lists> lists_;
  std::filesystem::path folder_;
  Lock lock_;
  Dossier dossier_;
  Place place_;
  std::optional<std::uint64_t> interrupted_since_;
  bool owes_save_;
  int scratches_ = 0;
};

}  // namespace pes::store
