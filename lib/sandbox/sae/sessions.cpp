#include "sandbox/sae/sessions.hpp"

#include "pes/error.hpp"
#include "sandbox/pki.hpp"
#include "sandbox/sequence.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <limits>
#include <system_error>

namespace pes::sandbox::sae {
namespace {

constexpr std::size_t longest_secret = 64;

std::filesystem::path folder_of(const Layout& layout, const Session& session) {
  return layout.sae("sessions") / session.id;
}

std::filesystem::path chunk_of(const Layout& layout, const Session& session, std::uint64_t index) {
  return folder_of(layout, session) / ("chunk-" + std::to_string(index));
}

bool has_all(const Layout& layout, const Session& session, std::uint64_t chunks) {
  for (std::uint64_t index = 1; index <= chunks; ++index) {
    if (!std::filesystem::exists(chunk_of(layout, session, index))) return false;
  }
  return true;
}

/// Chunks have the size that the client chose: a few megabytes.
void append(const std::filesystem::path& part, StagedFile& whole) {
  whole.write(read_file(part, std::numeric_limits<std::size_t>::max()));
}

}  // namespace

Session open_session(const Layout& layout, Staging& received) {
  Session session{std::to_string(next_number(layout.sae("last_session"))), random_secret()};
  StagedFile security(received.path() / "security");
  security.write(session.security);
  security.finish();
  if (!received.publish(folder_of(layout, session))) {
    throw Error(ErrorCode::state_damaged, say("session {1} exists already", {session.id}));
  }
  return session;
}

bool is_open(const Layout& layout, const Session& session) {
  const bool is_number =
      !session.id.empty() && session.id.find_first_not_of("0123456789") == std::string::npos;
  const std::filesystem::path security = folder_of(layout, session) / "security";
  return is_number && std::filesystem::exists(security) &&
         read_file(security, longest_secret) == session.security;
}

std::filesystem::path bordereau_of(const Layout& layout, const Session& session) {
  return folder_of(layout, session) / "bordereau.xml";
}

void keep_chunk(const Layout& layout, const Session& session, std::uint64_t index,
                const std::filesystem::path& chunk) {
  std::filesystem::rename(chunk, chunk_of(layout, session, index));
  sync_directory(folder_of(layout, session));
}

bool assemble(const Layout& layout, const Session& session, std::uint64_t chunks,
              const Staging& deposit) {
  if (!has_all(layout, session, chunks)) return false;
  StagedFile bordereau(deposit.path() / "bordereau.xml");
  StagedFile archive(deposit.path() / "archive");
  append(bordereau_of(layout, session), bordereau);
  for (std::uint64_t index = 1; index <= chunks; ++index) {
    append(chunk_of(layout, session, index), archive);
  }
  bordereau.finish();
  archive.finish();
  return true;
}

void close_session(const Layout& layout, const Session& session) {
  std::error_code left;  // swept later
  std::filesystem::remove_all(folder_of(layout, session), left);
}

}  // namespace pes::sandbox::sae
