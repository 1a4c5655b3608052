#pragma once

#include "pes/export.hpp"
#include "pes/flow.hpp"
#include "pes/port/retours.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes {

/// The PES Retours of a home, `<home>/retours/` (pes-state(5)).
PES_EXPORT std::unique_ptr<port::Retours> make_file_retours(const std::filesystem::path& home);

namespace flow {

/// What becomes at the TdT of a PES Retour that is kept here. Marked as read, it leaves the list of
/// everybody who uses the account, and for good (tdt §9.3).
enum class Marking { mark_as_read, leave_unread };

struct RetourOrder {
  std::string id_e;               // entity whose account asks
  std::vector<std::string> only;  // numbers at the TdT; none: all that are unread
  Marking marking = Marking::mark_as_read;
};

/// What became of one PES Retour of the TdT.
struct FetchedRetour {
  std::string tdt_id;
  std::optional<port::Retour> retour;  // once it is kept
  bool is_new = false;                 // it was not kept before
  bool is_marked = false;
  std::optional<Error> error;
};

/// Fetches them one by one: each is journaled, kept durably, and only then marked as read. Killed
/// anywhere, the next call goes on: what is kept is not fetched again, what is unread is marked.
/// A failure of one does not stop the others, unless they would fail as well (the TdT cannot be
/// reached, the disk is full). Throws what prevents from asking for the list.
PES_EXPORT std::vector<FetchedRetour> fetch_retours(Services& services, port::Retours& retours,
                                                    port::Tdt& tdt, const RetourOrder& order);

/// The bytes as received. Throws state_damaged when they are not those that were kept.
PES_EXPORT std::string retour_bytes(const port::Retours& retours, const port::Retour& retour);

/// A person read it: journaled each time.
PES_EXPORT void record_consultation(Services& services, const port::Retour& retour);

}  // namespace flow

}  // namespace pes
