#pragma once

#include "sandbox/context.hpp"
#include "sandbox/routes.hpp"

/// A time-stamping authority (RFC 3161 over HTTP, §3.4), signed by the sandbox's own authority:
/// its tokens prove nothing.
namespace pes::sandbox::tsa {

inline constexpr const char* path = "/tsa";

void add_endpoint(Routes& routes, const Context& context);

}  // namespace pes::sandbox::tsa
