#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace pes::journal {

/// What the file `head` says of the last line: a witness beside the journal, so that lines
/// removed from its end are missed. It is written after the line is durable and is not
/// synced itself: after a crash it may be some lines behind, never ahead.
struct Head {
  std::uint64_t id_j = 0;
  std::string sha256;
};

/// Nothing when there is no head or when it is not whole: a crash can leave it so.
std::optional<Head> read_head(const std::filesystem::path& file);

/// The event is durable already, so nothing fails here: a head that could not be written
/// stays behind.
void write_head(const std::filesystem::path& file, const Head& head);

}  // namespace pes::journal
