#include "adapter/store/holder.hpp"

#include "support/text.hpp"

#include <unistd.h>

#include <array>
#include <chrono>

namespace pes::store {

Holder this_process(std::string_view command, std::uint64_t journal_position) {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  return {.pid = ::getpid(),
          .host = host.data(),
          .command = std::string(command),
          .since = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()),
          .journal_position = journal_position};
}

Error held_by(const std::optional<Holder>& holder, const DossierId& id) {
  if (!holder) {
    return {ErrorCode::dossier_locked, say("dossier {1} is held by another process", {id.text()}),
            tr("try again")};
  }
  const std::string pid = std::to_string(holder->pid);
  return {ErrorCode::dossier_locked,
          say("dossier {1} is held by process {2} on {3} ({4}) since {5}",
              {id.text(), pid, holder->host, holder->command, local_date_time(holder->since)}),
          say("wait until process {1} has ended", {pid})};
}

}  // namespace pes::store
