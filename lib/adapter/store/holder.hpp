#pragma once

#include "pes/error.hpp"
#include "pes/ids.hpp"
#include "pes/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pes::store {

/// Who holds a dossier, as it tells the others.
struct Holder {
  std::int64_t pid = 0;
  std::string host;
  std::string command;
  Instant since;
  std::uint64_t journal_position = 0;
};

/// This process, now.
Holder this_process(std::string_view command, std::uint64_t journal_position);

/// dossier_locked. @param holder nothing when it has not told yet
Error held_by(const std::optional<Holder>& holder, const DossierId& id);

}  // namespace pes::store
