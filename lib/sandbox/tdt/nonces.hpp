#pragma once

#include "sandbox/layout.hpp"
#include "sandbox/tdt/accounts.hpp"

#include <httplib.h>

#include <optional>
#include <string>
#include <vector>

namespace pes::sandbox::tdt {

/// A new nonce, for a browser that is sent to the TdT (tdt §2.4): valid five minutes, any
/// number of times.
std::string make_nonce(const Layout& layout);

/// The account named by `nounce`, `login` and `hash` in the query string; none when they
/// are absent or wrong, and the ordinary methods are then tried.
std::optional<Account> account_by_nonce(const Layout& layout, const std::vector<Account>& known,
                                        const httplib::Request& request);

}  // namespace pes::sandbox::tdt
