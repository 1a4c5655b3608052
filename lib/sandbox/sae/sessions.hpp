#pragma once

#include "sandbox/layout.hpp"
#include "sandbox/staging.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

/// Chunked deposits that are not complete (sae §2.4). A session is a folder: the bordereau,
/// the identifier that protects it, and each chunk under its number.
namespace pes::sandbox::sae {

struct Session {
  std::string id;
  std::string security;
};

/// Opens a session for the bordereau in the folder received.
Session open_session(const Layout& layout, Staging& received);

/// Whether both identifiers are those of an open session.
bool is_open(const Layout& layout, const Session& session);

std::filesystem::path bordereau_of(const Layout& layout, const Session& session);

/// Keeps a chunk, durably; sent again, it replaces the one received before.
void keep_chunk(const Layout& layout, const Session& session, std::uint64_t index,
                const std::filesystem::path& chunk);

/// Puts the bordereau and the whole archive into `deposit`. False while a chunk is missing.
bool assemble(const Layout& layout, const Session& session, std::uint64_t chunks,
              const Staging& deposit);

void close_session(const Layout& layout, const Session& session);

}  // namespace pes::sandbox::sae
