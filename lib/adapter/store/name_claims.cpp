#include "adapter/store/name_claims.hpp"

#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace pes::store {

namespace {

/// No name may hold the separator, whatever a flow says of itself: digests of two names differ.
std::filesystem::path link_of(const std::filesystem::path& folder, const FlowName& name) {
  return folder / crypto::sha256_hex(name.cod_col + '\0' + name.nom_fic);
}

std::optional<DossierId> holder_of(const std::filesystem::path& link) {
  std::error_code absent;
  return DossierId::parse(std::filesystem::read_symlink(link, absent).native());
}

/// For as long as it lives no other process touches the claims.
class Turn {
 public:
  explicit Turn(const std::filesystem::path& folder)
      : file_(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (!file_.is_open()) throw_io(tr("cannot open"), folder / "lock", errno);
    while (::flock(file_.get(), LOCK_EX) != 0) {
      if (errno != EINTR) throw_io(tr("cannot lock"), folder / "lock", errno);
    }
  }

 private:
  FileDescriptor file_;
};

void remove_link(const std::filesystem::path& link) {
  if (::unlink(link.c_str()) != 0 && errno != ENOENT) throw_io(tr("cannot remove"), link, errno);
}

}  // namespace

NameClaims::NameClaims(const std::filesystem::path& dossiers) : folder_(dossiers / ".names") {}

std::optional<DossierId> NameClaims::claim(const FlowName& name, const DossierId& id,
                                           const std::optional<DossierId>& instead_of) const {
  make_directory(folder_);
  const Turn turn(folder_);
  const std::filesystem::path link = link_of(folder_, name);
  std::optional<DossierId> holder = holder_of(link);
  if (holder == id) return std::nullopt;
  if (holder && holder != instead_of) return holder;
  remove_link(link);
  if (::symlink(id.text().c_str(), link.c_str()) != 0) throw_io(tr("cannot write"), link, errno);
  sync_directory(folder_);
  return std::nullopt;
}

void NameClaims::let_go(const FlowName& name, const DossierId& id) const {
  const std::filesystem::path link = link_of(folder_, name);
  if (holder_of(link) != id) return;
  try {
    const Turn turn(folder_);
    if (holder_of(link) == id) remove_link(link);
  } catch (const Error&) {
    // What the claim was for is recorded already, and must not look failed. The claim stays as
    // that of a holder that died, and goes as that one does.
  }
}

}  // namespace pes::store
