#pragma once

#include "pes/dossier.hpp"
#include "pes/dossier_query.hpp"
#include "pes/error.hpp"
#include "pes/event.hpp"
#include "pes/export.hpp"
#include "pes/readable_file.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pes::port {

/// A dossier held by this process alone, until the object goes.
class PES_EXPORT HeldDossier {
 public:
  HeldDossier() = default;
  HeldDossier(const HeldDossier&) = delete;
  HeldDossier& operator=(const HeldDossier&) = delete;
  virtual ~HeldDossier();

  [[nodiscard]] virtual const Dossier& dossier() const = 0;

  /// Set when the previous holder died before it let go: the journal position at
  /// which it had taken the dossier. What it journaled since must be applied first,
  /// and saved: until then every holder is told.
  [[nodiscard]] virtual std::optional<std::uint64_t> interrupted_since() const = 0;

  /// Keeps a copy of the file, durable on return but named by no state yet.
  virtual StoredFile keep(std::string_view field, std::string_view name,
                          const std::filesystem::path& source) = 0;
  /// The same with bytes.
  virtual StoredFile keep_bytes(std::string_view field, std::string_view name,
                                std::string_view bytes) = 0;
  /// A path in the dossier's folder for a file being built there; what is found under
  /// it when the dossier is released is removed.
  virtual std::filesystem::path scratch(std::string_view name) = 0;
  /// Takes over a file built under `scratch`, without copying it.
  virtual StoredFile keep_scratch(std::string_view field, std::string_view name,
                                  const std::filesystem::path& scratch) = 0;

  /// Journals what happened, applies it to the dossier and saves that: at once where journal and
  /// states are kept together; otherwise the event first, then the state. Throws as
  /// `Journal::append` and `save`.
  virtual void record(Dossier& dossier, Event event) = 0;
  /// Replaces the state atomically and durably, then removes files it no longer names.
  virtual void save(const Dossier& dossier) = 0;
  /// True when the journal may tell of the dossier what no state has. The next holder completes it;
  /// this one may record nothing more.
  [[nodiscard]] virtual bool owes_save() const = 0;
  /// Erases the dossier and its files.
  virtual void erase() = 0;
};

/// Where the dossiers of a home are.
class PES_EXPORT Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store();

  /// A place for a new dossier, held; no state is there before the first `save`, and
  /// nothing stays when there is none. Throws state_forbids when the id is taken.
  virtual std::unique_ptr<HeldDossier> create(const DossierId& id, std::string_view command,
                                              std::uint64_t journal_position) = 0;
  /// Takes the dossier without waiting. Throws dossier_unknown, dossier_locked (the
  /// message names process, command and since when), state_damaged, state_newer.
  /// @param command what the holder does, shown to others
  /// @param journal_position kept while it is held, see `interrupted_since`
  virtual std::unique_ptr<HeldDossier> hold(const DossierId& id, std::string_view command,
                                            std::uint64_t journal_position) = 0;
  /// The state as last saved; takes no lock.
  [[nodiscard]] virtual Dossier read(const DossierId& id) const = 0;
  /// Each dossier, in no order: all of them are read. One that cannot be read is given to
  /// `damaged`.
  virtual void visit(const std::function<void(const Dossier&)>& callback,
                     const std::function<void(const DossierId&, const Error&)>& damaged) const = 0;
  /// Keeps a flow's name for one dossier, durably, until `let_go`: two that send flows of the
  /// same name at once must know of each other.
  /// @param instead_of whom it is taken from, if that one still has it
  /// @return the other dossier that has it; nullopt when it is `id`'s now
  virtual std::optional<DossierId> claim(const FlowName& name, const DossierId& id,
                                         const std::optional<DossierId>& instead_of) = 0;
  /// Does nothing when the name is not that dossier's. One that dies before it comes here leaves
  /// its claim, for another to take; so does one that fails here, which nobody is told.
  virtual void let_go(const FlowName& name, const DossierId& id) = 0;
  /// The bytes of a stored file; nothing is there when they are lost. Throws state_damaged where it
  /// is known that they are not those that were kept.
  [[nodiscard]] virtual ReadableFile readable(const DossierId& id,
                                              const StoredFile& file) const = 0;

  /// A part of a list, in a time that does not grow with the number of dossiers.
  [[nodiscard]] virtual DossierPage query(const DossierQuery& query) const = 0;
  /// Those whose job is not suspended and has its date at `now` at the latest: entities in turn,
  /// the longest due of each, then the second of each, and so on. None is missed below `limit`;
  /// whoever holds one finds out whether it is due still.
  [[nodiscard]] virtual DueDossiers due(Instant now, std::size_t limit) const = 0;
  /// Stays until something may be due that was not when `due` was last asked of this object:
  /// somebody changed a dossier, or the date of an action came. Comes back without a reason at
  /// `until` at the latest, and soon after `stop`, which is asked several times a second, is true.
  virtual void wait_for_news(Instant until, const std::function<bool()>& stop) = 0;
};

}  // namespace pes::port
