#pragma once

#include "sandbox/layout.hpp"
#include "sandbox/tdt/platform.hpp"

#include <string>
#include <vector>

namespace pes::sandbox::tdt {

/// Right of an account on the module `helios` (tdt §2.2).
enum class Permission { none, read_only, create, transmit, read_write };
enum class Role { user, archivist, administrator };

struct Account {
  std::string login;
  std::string password;  // empty: the platform knows none
  Role role = Role::user;
  Permission permission = Permission::none;
  int authority = 7;
  bool is_active = true;   // it, its authority and the authority's group
  bool has_module = true;  // Helios is active for its authority
  bool is_rgs = true;      // its certificate chains to the RGS store

  /// Any right on Helios (tdt §2.2): acquits, list and content of PES retours.
  [[nodiscard]] bool may_read() const;
  [[nodiscard]] bool may_create() const;
  /// Statuses, and the mark of what was read: not for administrators.
  [[nodiscard]] bool may_follow() const;
};

/// The accounts bound to a certificate. Without `tdt/accounts.json` they are, for the client
/// certificate that `prepare` makes, one that may do everything and one archivist. The file is
/// an array of objects with `login` and `password_file` (a name in `identities/`; null: the
/// platform knows no password), and when they differ from the default `role` (user, archivist,
/// administrator), `permission` (NONE, RO, CS, TT, RW), `authority` (7), `active`, `rgs`, and
/// `certificate` (client.pem, a name in `identities/`). Throws config_invalid.
/// @param fingerprint of the certificate
std::vector<Account> accounts(const Layout& layout, const Platform& platform,
                              const std::string& fingerprint);

}  // namespace pes::sandbox::tdt
