#include "sandbox/tsa/identity.hpp"

#include "sandbox/identities.hpp"
#include "sandbox/now.hpp"
#include "sandbox/pki.hpp"
#include "support/file.hpp"

#include <chrono>

namespace pes::sandbox::tsa {

void make_missing_identity(const Layout& layout) {
  const bool is_there = std::filesystem::exists(layout.identity("tsa.pem")) &&
                        std::filesystem::exists(layout.identity("tsa.key"));
  if (is_there) return;
  const Identity authority{certificate_from_pem(read_identity(layout, "ca.pem")),
                           key_from_pem(read_identity(layout, "ca.key"))};
  // As long as its authority: `prepare` replaces all of them together.
  const Identity identity =
      make_identity(Purpose::time_stamping, "Horodatage de test", now() - std::chrono::hours(1),
                    end_of(*authority.certificate), &authority);
  replace_file(layout.identity("tsa.pem"), pem_of(*identity.certificate));
  replace_file(layout.identity("tsa.key"), pem_of(*identity.key));
}

}  // namespace pes::sandbox::tsa
