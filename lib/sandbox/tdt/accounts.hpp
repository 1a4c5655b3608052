#pragma once

#include "sandbox/layout.hpp"

#include <string>
#include <vector>

namespace pes::sandbox::tdt {

/// Right of an account on the module `helios` (tdt §2.2).
enum class Permission { none, read_only, create, transmit, read_write };
enum class Role { user, archivist, administrator };

struct Account {
  std::string login;
  std::string password;
  Role role = Role::user;
  Permission permission = Permission::none;
  bool is_active = true;
  bool is_rgs = true;  // its certificate chains to the RGS store
};

/// The accounts bound to the client certificate: one that may do everything and one
/// archivist. `tdt/accounts.json` replaces them: an array of objects with `login`,
/// `password_file` (a name in `identities/`), and when they differ from the default
/// `role` (user, archivist, administrator), `permission` (NONE, RO, CS, TT, RW),
/// `active`, `rgs`. Throws config_invalid.
std::vector<Account> accounts(const Layout& layout);

}  // namespace pes::sandbox::tdt
