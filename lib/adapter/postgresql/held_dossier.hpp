#pragma once

#include "adapter/postgresql/pool.hpp"
#include "adapter/postgresql/workplace.hpp"
#include "pes/port/store.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace pes::postgresql {

/// How copies of a dossier's file are called.
std::string copy_name(const DossierId& id, const StoredFile& file);

/// Removes what was kept for dossiers whose makers died before there was any state.
void remove_abandoned_creations(Connection& connection);

/// A dossier held by a session: a lock of the session itself, which the server frees when the
/// process or its machine dies, and a row that tells the others who holds it. The row that a dead
/// holder left tells the next one that it was interrupted.
///
/// All that is written goes through that session: who lost the lock writes nothing more.
class DatabaseHeldDossier final : public port::HeldDossier {
 public:
  enum class Wanted { state, none };

  /// Takes the dossier. Throws dossier_locked; dossier_unknown when a state is wanted and there is
  /// none, state_forbids when there is one and none is wanted.
  DatabaseHeldDossier(const std::shared_ptr<Pool>& pool, std::shared_ptr<Workplace> workplace,
                      const DossierId& id, Wanted wanted, std::string_view command,
                      std::uint64_t journal_position);
  DatabaseHeldDossier(const DatabaseHeldDossier&) = delete;
  DatabaseHeldDossier& operator=(const DatabaseHeldDossier&) = delete;
  ~DatabaseHeldDossier() override;

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

  void lock(const DossierId& id);
  void sign_in(const DossierId& id, Wanted wanted, std::string_view command,
               std::uint64_t journal_position);
  void require_present() const;
  void require_same(const Dossier& dossier) const;
  void became(const Dossier& dossier);
  template <typename Keep>
  StoredFile kept(std::string_view field, std::string_view name, Keep keep);
  void let_go();
  void remove_unnamed();
  void sign_out();
  void unlock();

  Lease lease_;
  std::shared_ptr<Workplace> workplace_;
  Dossier dossier_;
  Place place_ = Place::without_state;
  std::optional<std::uint64_t> interrupted_since_;
  bool owes_save_ = false;
  bool may_have_unnamed_files_ = false;
  int scratches_ = 0;
  // Of what was built here: whoever reads it need not fetch it. By their path.
  std::map<std::string, std::shared_ptr<const Copy>> built_;
};

}  // namespace pes::postgresql
