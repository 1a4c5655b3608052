#pragma once

#include "adapter/store/database.hpp"
#include "pes/dossier.hpp"
#include "pes/dossier_query.hpp"
#include "pes/ids.hpp"
#include "pes/time.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pes::store {

/// Up to where the journal is reflected.
struct Watermark {
  std::uint64_t position = 0;
  std::string sha256;  // of the event before it; empty: not known
};

/// What lists and automatic actions need to know of each dossier, in an SQLite database (its
/// tables: index.cpp). It may be late or gone: who uses it compares it with the state files.
/// Every function throws DatabaseFailure.
class Index {
 public:
  /// @param file empty: in memory. One of another version, or of something else, is emptied.
  explicit Index(const std::filesystem::path& file);

  [[nodiscard]] Database& database() noexcept { return database_; }

  /// Nothing before the first rebuilding is over.
  [[nodiscard]] std::optional<Watermark> watermark();
  void set_watermark(const Watermark& watermark);

  /// Takes away all that there is.
  void clear();
  /// @return false when it knew this already
  bool put(const Dossier& dossier);
  void put_damaged(const DossierId& id);
  void remove(const DossierId& id);

  /// Dossiers that somebody held when they were read: what they become is told by nothing else.
  [[nodiscard]] std::vector<DossierId> awaited();
  void await(const DossierId& id);
  void stop_awaiting(const DossierId& id);

  [[nodiscard]] std::size_t count(const DossierQuery& query);
  [[nodiscard]] std::vector<DossierId> ids(const DossierQuery& query);
  /// As port::Store::due.
  [[nodiscard]] std::vector<DossierId> due(Instant now, std::size_t limit);
  /// The first date after `now` at which an action is due.
  [[nodiscard]] std::optional<Instant> next_date(Instant now);
  [[nodiscard]] std::vector<DossierId> damaged();

 private:
  Database database_;
  // Made once: a rebuilding runs them for every dossier.
  std::optional<Statement> known_, put_, sound_;
};

}  // namespace pes::store
