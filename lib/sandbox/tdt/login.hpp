#pragma once

#include "sandbox/context.hpp"
#include "sandbox/tdt/accounts.hpp"

#include <httplib.h>

#include <optional>
#include <vector>

namespace pes::sandbox::tdt {

/// How a refused login is told (tdt §2.3): to a script, with `api=1`, or to a browser.
enum class RefusalForm { text, redirection };
RefusalForm refusal_form(const httplib::Request& request);

/// The accounts of the certificate that the client proved its own.
std::vector<Account> accounts_of(const Context& context, const Platform& platform,
                                 const httplib::Request& request);

/// The account that the certificate and the credentials of a request choose, or none:
/// then `response` holds the refusal. The account may be inactive: each script says so in
/// its own way.
std::optional<Account> log_in(const Context& context, const Platform& platform,
                              const httplib::Request& request, RefusalForm form,
                              httplib::Response& response);

}  // namespace pes::sandbox::tdt
