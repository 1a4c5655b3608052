#pragma once

#include "adapter/store/index.hpp"
#include "pes/dossier_query.hpp"
#include "pes/port/journal.hpp"

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace pes::store {

/// Lists of the dossiers of a home (lib/design, « Lists of dossiers »): an index of this machine,
/// in
/// `<home>/index/`, that the journal keeps in line with the state files. It is made when first
/// needed, and may be thrown away at any time; where it cannot be kept, one is made in memory.
///
/// May be used by several threads.
class Lists {
 public:
  explicit Lists(std::filesystem::path home);

  /// As port::Store.
  DossierPage query(const DossierQuery& query);
  DueDossiers due(Instant now, std::size_t limit);
  void wait_for_news(Instant until, const std::function<bool()>& stop);

  /// Why the index cannot be used; nothing when it can.
  std::optional<Error> trouble();

  /// Takes note of a state that was saved without an event. When it cannot, the lists find out
  /// later: such a state differs in the date of its job alone, which `due` looks at.
  void note(const Dossier& dossier) noexcept;

 private:
  template <typename Ask>
  auto asked(Ask ask);
  Index& opened();
  void throw_away();
  void catch_up(Index& index);
  bool has_news(Index& index) const;
  bool read_news(Index& index) const;
  void rebuild(Index& index) const;
  void refresh(Index& index, const DossierId& id) const;
  std::vector<DossierId> due_in(Index& index, Instant now, std::size_t limit) const;
  [[nodiscard]] std::uint64_t journal_size() const;

  std::filesystem::path dossiers_;
  std::filesystem::path folder_;  // of the index
  std::filesystem::path file_;
  std::filesystem::path journal_file_;
  std::unique_ptr<port::Journal> journal_;
  std::mutex alone_;
  std::unique_ptr<Index> index_;
  // What `due` last knew of: the journal as long as it was, and the next date.
  std::uint64_t known_size_ = 0;
  std::optional<Instant> next_date_;
  ino_t inode_ = 0;  // of the file that is open: another process may have made another
};

}  // namespace pes::store
